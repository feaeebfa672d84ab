//! Which members of a JSON object are columns.

use rustc_hash::FxHashMap;

use crate::chunk::REASON_COLUMN;

/// The members that are columns, as a tree of the objects that they lie in.
#[derive(Debug)]
pub(in crate::read) struct Wanted {
    /// The objects; the first is the record itself.
    objects: Vec<Object>,
    width: usize,
}

/// An object, or the place of a value.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// JSON Pointer to it; empty for the record.
    pub(super) pointer: String,
    /// Columns that want the whole value.
    pub(super) columns: Vec<usize>,
    /// Members that are wanted, or that hold something wanted, as places in the tree.
    pub(super) members: FxHashMap<Box<str>, usize>,
}

impl Wanted {
    /// `names` are the columns: a member's name, or a JSON Pointer.
    pub(in crate::read) fn new(names: &[String]) -> Wanted {
        let mut wanted = Wanted {
            objects: vec![Object::default()],
            width: names.len(),
        };
        for (column, name) in names.iter().enumerate() {
            let place = match name.strip_prefix('/') {
                None => wanted.place(0, name),
                Some(pointer) => pointer
                    .split('/')
                    .map(|step| step.replace("~1", "/").replace("~0", "~"))
                    .fold(0, |object, step| wanted.place(object, &step)),
            };
            if let Some(object) = wanted.objects.get_mut(place) {
                object.columns.push(column);
            }
        }
        wanted
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

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The objects; the first is the record itself.
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
    format!("{object}/{}", member.replace('~', "~0").replace('/', "~1"))
}
