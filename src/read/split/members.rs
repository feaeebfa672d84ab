//! Which members of JSON objects are columns.

use rustc_hash::FxHashMap;

use crate::chunk::REASON_COLUMN;
use crate::dialect::record_path::{Place, RecordPath, escape};

/// The members that are columns: of the records, and of the objects around them.
#[derive(Debug)]
pub(in crate::read) struct Wanted {
    record: Tree,
    /// One for each object that the path of the records goes through, the outermost first.
    parents: Vec<Tree>,
    width: usize,
}

/// The members of one object that are columns, as a tree of the objects that they lie in.
#[derive(Debug)]
pub(super) struct Tree {
    /// The objects; the first is the whole.
    objects: Vec<Object>,
}

/// An object, or the place of a value.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// JSON Pointer to it from the record; empty for the record.
    pub(super) pointer: String,
    /// Columns that want the whole value.
    pub(super) columns: Vec<usize>,
    /// Members that are wanted, or that hold something wanted, as places in the tree.
    pub(super) members: FxHashMap<Box<str>, usize>,
}

impl Wanted {
    /// `names` are the columns, as [`Place::of`] reads them.
    ///
    /// # Errors
    /// A name that leads nowhere, and why.
    pub(in crate::read) fn new(
        names: &[String],
        path: Option<&RecordPath>,
    ) -> Result<Wanted, String> {
        let parents = path.map_or(0, RecordPath::parents);
        let parent = |up: usize| Tree::new(vec![".."; up].join("/"));
        let mut wanted = Wanted {
            record: Tree::new(String::new()),
            parents: (1..=parents).rev().map(parent).collect(),
            width: names.len(),
        };
        for (column, name) in names.iter().enumerate() {
            let place = Place::of(name, path).map_err(|why| format!("{name}: {why}"))?;
            let tree = match parents.checked_sub(place.up) {
                Some(level) if place.up > 0 => wanted.parents.get_mut(level),
                _ => Some(&mut wanted.record),
            };
            if let Some(tree) = tree {
                tree.add(&place.members, column);
            }
        }
        Ok(wanted)
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The members of the records.
    pub(super) fn record(&self) -> &Tree {
        &self.record
    }

    /// The members of the objects around the records, the outermost first.
    pub(super) fn parents(&self) -> &[Tree] {
        &self.parents
    }

    /// For each object around the records, the outermost first, its own members that are wanted, or
    /// that hold something wanted.
    pub(in crate::read) fn of_parents(&self) -> impl Iterator<Item = Vec<Box<str>>> {
        self.parents.iter().map(|tree| {
            let whole = tree.objects.first();
            let names = whole.into_iter().flat_map(|object| object.members.keys());
            names.cloned().collect()
        })
    }
}

impl Tree {
    fn new(pointer: String) -> Tree {
        let whole = Object {
            pointer,
            ..Object::default()
        };
        Tree {
            objects: vec![whole],
        }
    }

    fn add(&mut self, members: &[String], column: usize) {
        let steps = members.iter();
        let place = steps.fold(0, |object, member| self.place(object, member));
        if let Some(object) = self.objects.get_mut(place) {
            object.columns.push(column);
        }
    }

    fn place(&mut self, object: usize, member: &str) -> usize {
        let next = self.objects.len();
        let Some(parent) = self.objects.get_mut(object) else {
            return object;
        };
        let place = *parent.members.entry(member.into()).or_insert(next);
        if place == next {
            let pointer = pointer(&parent.pointer, member);
            self.objects.push(Object {
                pointer,
                ..Object::default()
            });
        }
        place
    }

    /// The objects; the first is the whole.
    pub(super) fn objects(&self) -> &[Object] {
        &self.objects
    }
}

impl Object {
    /// The name under which a member of this object is told that no column asks for; `None` where
    /// it is no loss.
    pub(super) fn stranger(&self, member: &str) -> Option<String> {
        if !self.columns.is_empty() {
            return None;
        }
        if self.pointer.is_empty() {
            return (member != REASON_COLUMN).then(|| member.to_owned());
        }
        Some(pointer(&self.pointer, member))
    }
}

fn pointer(object: &str, member: &str) -> String {
    format!("{object}/{}", escape(member))
}
