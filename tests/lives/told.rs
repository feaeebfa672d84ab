//! What histories and logs tell, in one form.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::output::Event;
use crate::world::{Deed, Kind, World, as_of, by_alert};

/// What is compared of an event: alert, action, user, time, old and new values.
pub type Told = (
    String,
    String,
    i64,
    String,
    Map<String, Value>,
    Map<String, Value>,
);

pub fn told(event: &Event, references: &BTreeMap<i64, String>) -> Told {
    // what the conversion has derived or filled in was never in the source
    let own = |values: &Map<String, Value>| {
        let mut values = values.clone();
        values.retain(|name, _| {
            name != "confidentiality_level" && name != "special_category_data_id"
        });
        // in a batch a key carries the number of its landlord in the bits from 41 upwards
        if let Some(person) = values.get("person_id").and_then(Value::as_i64) {
            values.insert("person_id".to_owned(), (person & ((1 << 41) - 1)).into());
        }
        sorted(&values)
    };
    (
        references[&event.alert].clone(),
        event.action.clone(),
        event.user,
        event.time.clone(),
        own(&event.old),
        own(&event.new),
    )
}

pub fn sorted(values: &Map<String, Value>) -> Map<String, Value> {
    let all: BTreeMap<_, _> = values.clone().into_iter().collect();
    let filled = all.into_iter();
    filled.collect()
}

pub fn in_order(mut all: Vec<Told>) -> Vec<Told> {
    all.sort_by(|one, other| (&one.0, &one.3, &one.1).cmp(&(&other.0, &other.3, &other.1)));
    all
}

pub fn deed(deed: &Deed, action: &str) -> Told {
    let (old, new) = (sorted(&deed.old), sorted(&deed.new));
    let (user, time) = (deed.user, deed.time.clone());
    (deed.alert.clone(), action.to_owned(), user, time, old, new)
}

/// What the log says, deletions left out.
pub fn changes(world: &World) -> Vec<Told> {
    let told = world.deeds.iter().filter_map(|own| match own.kind {
        Kind::Insert => Some(deed(own, "INSERT")),
        Kind::Update => Some(deed(own, "UPDATE")),
        _ => None,
    });
    in_order(told.collect())
}

/// What exports can tell where absence means deletion: the day of the export, and no user.
pub fn changes_and_absences(world: &World) -> Vec<Told> {
    let mut all = Vec::new();
    for deeds in by_alert(&world.deeds).values() {
        let mut state = Map::new();
        let mut stamp = (0, String::new());
        let mut returned = 0;
        for own in deeds {
            let again = returned == own.month;
            for (name, value) in &own.new {
                match value {
                    Value::Null => state.remove(name),
                    value => state.insert(name.clone(), value.clone()),
                };
            }
            let stamps = matches!(own.kind, Kind::Insert | Kind::Update);
            if stamps {
                stamp = (own.user, own.time.clone());
            }
            let absent = Deed {
                old: state.clone(),
                new: Map::new(),
                user: 7,
                time: format!("{}T00:00:00Z", as_of(own.month)),
                ..(*own).clone()
            };
            match own.kind {
                Kind::Insert => all.push(deed(own, "INSERT")),
                Kind::Update if again => {
                    all.pop();
                }
                Kind::Update => all.push(deed(own, "UPDATE")),
                Kind::Delete | Kind::Vanish => all.push(deed(&absent, "DELETE")),
                Kind::Return => {}
            }
            if own.kind == Kind::Return || own.kind == Kind::Update && again {
                let back = Deed {
                    old: Map::new(),
                    new: state.clone(),
                    user: stamp.0,
                    time: stamp.1.clone(),
                    ..(*own).clone()
                };
                all.push(deed(&back, "INSERT"));
            }
            if own.kind == Kind::Return {
                returned = own.month;
            }
        }
    }
    in_order(all)
}
