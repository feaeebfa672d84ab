//! Where the objects of a JSON input lie, and which members they have.
//!
//! Somebody who knows nothing of an input needs to know where its records may lie before it can be read.
//! Only its beginning is looked at.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decoded::Decoded;
use super::{InputPlace, detect, split};
use crate::dialect::record_path::escape;
use crate::dialect::{DialectWish, Format};
use crate::error;

/// Bytes of text that are looked at.
const LOOKED_AT: usize = 32 << 20;
/// How deep objects are followed that lie in objects.
const DEEPEST: usize = 6;
/// Members of one kind of object that are listed.
const MOST_MEMBERS: usize = 2000;

/// Objects that lie in one place: the elements of an array, or of all arrays with one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectPlace {
    /// Where they lie, as [`RecordPath::parse`](crate::dialect::record_path::RecordPath::parse) reads it;
    /// `None` for the lines of an NDJSON input and for the elements of the outermost array.
    pub path: Option<String>,
    /// How many there are, as far as was looked.
    pub objects: u64,
    /// Their members and those of the objects around them, as columns are named.
    pub members: Vec<String>,
    /// Their members that hold arrays of further objects, as columns are named.
    pub arrays: Vec<String>,
}

/// The places of objects in a JSON input, in the order of appearance; `None` where the input is no JSON.
///
/// # Errors
/// The input cannot be opened or read.
pub fn object_places(
    place: &InputPlace,
    name: &str,
    wish: &DialectWish,
) -> error::Result<Option<Vec<ObjectPlace>>> {
    let mut text = Decoded::open(place, name, wish, false)?;
    if text.sheet().is_some() {
        return Ok(None);
    }
    let mut head = Vec::new();
    text.fill(&mut head, LOOKED_AT)?;
    let format = match (wish.format, detect::format(&head)) {
        (Some(format), _) => format,
        (None, Some(Format::Ndjson)) => detect::nested_format(&head, super::MAX_RECORD),
        (None, Some(format)) => format,
        (None, None) => return Ok(None),
    };
    if matches!(format, Format::Csv | Format::Sheet) {
        return Ok(None);
    }
    let encoding = text.encoding().or_else(|| {
        let first = detect::first_beyond_ascii(&head)?;
        Some(detect::encoding(head.get(first..)?, false))
    });
    let text = split::text_of(&head, encoding);
    let mut outline = Outline::default();
    match format {
        Format::Ndjson => {
            let root = outline.place(None, String::new(), String::new());
            for line in text.lines() {
                outline.read(line, root);
            }
        }
        _ => {
            let root = outline.place(None, String::new(), String::new());
            outline.read(&text, root);
        }
    }
    Ok(Some(outline.places(format)))
}

/// What has been seen so far.
#[derive(Debug, Default)]
struct Outline {
    nodes: Vec<Node>,
}

/// One place of objects; the first is the document, or the lines.
#[derive(Debug)]
struct Node {
    parent: Option<usize>,
    /// Pointer from the parent to the array.
    step: String,
    path: String,
    objects: u64,
    members: Vec<String>,
}

impl Outline {
    fn place(&mut self, parent: Option<usize>, step: String, path: String) -> usize {
        let known = |node: &Node| node.parent == parent && node.step == step;
        if let Some(at) = self.nodes.iter().position(known) {
            return at;
        }
        self.nodes.push(Node {
            parent,
            step,
            path,
            objects: 0,
            members: Vec::new(),
        });
        self.nodes.len() - 1
    }

    /// Reads one JSON text as far as it is whole.
    fn read(&mut self, text: &str, node: usize) {
        let mut json = serde_json::Deserializer::from_str(text);
        let here = Here {
            outline: self,
            node,
            pointer: "",
            depth: 0,
        };
        // a beginning ends in the middle of something; what has been seen is kept
        let _ = here.deserialize(&mut json);
    }

    fn add_member(&mut self, node: usize, pointer: &str) {
        let Some(node) = self.nodes.get_mut(node) else {
            return;
        };
        let known = node.members.iter().any(|member| member == pointer);
        if !known && node.members.len() < MOST_MEMBERS {
            node.members.push(pointer.to_owned());
        }
    }

    fn places(&self, format: Format) -> Vec<ObjectPlace> {
        let mut places = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            // one object alone is a document where records lie in it, and else a record itself
            let document = at == 0 && format == Format::Json && !self.arrays(at).is_empty();
            if node.objects == 0 || document {
                continue;
            }
            let outermost = node.path.is_empty() || node.path == "/*";
            places.push(ObjectPlace {
                path: (!outermost).then(|| node.path.clone()),
                objects: node.objects,
                members: self.members(at),
                arrays: self
                    .arrays(at)
                    .into_iter()
                    .map(|own| column(own, 0))
                    .collect(),
            });
        }
        places
    }

    /// Pointers from the objects of a node to the arrays of objects in them.
    fn arrays(&self, node: usize) -> Vec<&str> {
        let others = self.nodes.iter();
        let others = others.filter(|other| other.parent == Some(node) && other.objects > 0);
        others
            .filter_map(|other| other.step.strip_suffix("/*"))
            .collect()
    }

    /// Names of columns: those of the objects themselves, and of those around them.
    fn members(&self, node: usize) -> Vec<String> {
        let mut names = Vec::new();
        let (mut at, mut above) = (Some(node), 0);
        while let Some(node) = at.and_then(|at| self.nodes.get(at)) {
            // an array without a name lies in no object
            let in_object = above == 0 || node.objects > 0;
            let arrays = at.map_or(Vec::new(), |at| self.arrays(at));
            let is_array = |pointer: &str| {
                let mut rests = arrays
                    .iter()
                    .filter_map(|array| pointer.strip_prefix(array));
                rests.any(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            // an object that is null, or a plain value, here and there
            let is_object = |pointer: &str| {
                let mut others = node.members.iter();
                others.any(|other| {
                    other
                        .strip_prefix(pointer)
                        .is_some_and(|own| own.starts_with('/'))
                })
            };
            for pointer in node.members.iter().filter(|_| in_object) {
                if !is_array(pointer) && !is_object(pointer) {
                    names.push(column(pointer, above));
                }
            }
            at = node.parent;
            above += 1;
        }
        names
    }
}

/// The name of a column: a plain member has its own, one of an object in the record is a pointer, and one
/// of an object around the record is relative.
fn column(pointer: &str, above: usize) -> String {
    let bare = pointer.get(1..).unwrap_or_default();
    match above {
        0 if bare.contains(['/', '~']) => pointer.to_owned(),
        0 => bare.to_owned(),
        _ => format!("{}{bare}", "../".repeat(above)),
    }
}

/// A value that is about to be read.
struct Here<'o, 'p> {
    outline: &'o mut Outline,
    node: usize,
    /// Pointer to it from the object that the node stands for.
    pointer: &'p str,
    /// How many objects lie between.
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Here<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Says whether the value was an object.
impl<'de> Visitor<'de> for Here<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        if self.pointer.is_empty()
            && let Some(node) = self.outline.nodes.get_mut(self.node)
        {
            node.objects += 1;
        }
        while let Some(name) = map.next_key::<String>()? {
            if self.depth >= DEEPEST {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let pointer = format!("{}/{}", self.pointer, escape(&name));
            map.next_value_seed(Here {
                outline: self.outline,
                node: self.node,
                pointer: &pointer,
                depth: self.depth + 1,
            })?;
        }
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<bool, A::Error> {
        let step = format!("{}/*", self.pointer);
        let nodes = &self.outline.nodes;
        let above = nodes.get(self.node).map_or("", |node| &node.path);
        let path = format!("{above}{step}");
        let node = self.outline.place(Some(self.node), step, path);
        let mut objects = false;
        loop {
            let element = Here {
                outline: self.outline,
                node,
                pointer: "",
                depth: 0,
            };
            match elements.next_element_seed(element)? {
                Some(object) => objects |= object,
                None => break,
            }
        }
        // an array of plain values is a cell
        if !objects && !self.pointer.is_empty() {
            self.outline.add_member(self.node, self.pointer);
        }
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        self.plain()
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        self.plain()
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        self.plain()
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        self.plain()
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        self.plain()
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        self.plain()
    }
}

impl Here<'_, '_> {
    fn plain<E>(self) -> Result<bool, E> {
        if !self.pointer.is_empty() {
            self.outline.add_member(self.node, self.pointer);
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<ObjectPlace> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("input");
        std::fs::write(&path, text).unwrap();
        let place = InputPlace::Path(path);
        let found = object_places(&place, "input", &DialectWish::default());
        found.unwrap().unwrap()
    }

    #[test]
    fn arrays_in_objects_are_places_with_all_that_is_around_them() {
        let text = "{\"source\": \"crm\", \"value\": [{\"id\": 1, \"area\": {\"name\": \"N\"}, \
            \"alerts\": [{\"ref\": 1, \"type\": {\"code\": 2}, \"tags\": [1, 2]}]}, {\"id\": 2, \"alerts\": []}]}";
        let found = places(text);
        let paths: Vec<_> = found.iter().map(|own| own.path.as_deref()).collect();
        assert_eq!(paths, [Some("/value/*"), Some("/value/*/alerts/*")]);
        assert_eq!(
            (found[0].objects, found[0].arrays.as_slice()),
            (2, &["alerts".to_owned()][..])
        );
        let members = [
            "ref",
            "/type/code",
            "tags",
            "../id",
            "../area/name",
            "../../source",
        ];
        assert_eq!(found[1].members, members);
        assert!(found[1].arrays.is_empty());
    }

    #[test]
    fn lines_and_plain_arrays_need_no_path() {
        let lines = places("{\"a\": 1}\n{\"a\": null, \"b/c\": \"x\"}\n{\"a\": ");
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].path.as_deref(), lines[0].objects), (None, 3));
        assert_eq!(lines[0].members, ["a", "/b~1c"]);
        let array = places("[{\"a\": 1}, {\"b\": {\"c\": 1}}]");
        assert_eq!(array.len(), 1);
        assert_eq!((array[0].path.as_deref(), array[0].objects), (None, 2));
        assert_eq!(array[0].members, ["a", "/b/c"]);
    }

    #[test]
    fn lines_with_arrays_are_two_places() {
        let found = places("{\"t\": {\"k\": 1}, \"alerts\": [{\"r\": 1}]}\n{\"t\": {\"k\": 2}}\n");
        let paths: Vec<_> = found.iter().map(|own| own.path.as_deref()).collect();
        assert_eq!(paths, [None, Some("/alerts/*")]);
        assert_eq!(found[1].members, ["r", "../t/k"]);
    }
}
