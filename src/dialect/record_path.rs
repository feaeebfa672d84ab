//! Where the records of a JSON input lie, and where the name of a column leads from there.
//!
//! A path such as `/value/*/alerts/*` is a JSON Pointer in which `*` stands for every element of an
//! array. The objects that it goes through are the parents of the records: `../id` is a member of the
//! nearest one.

/// The most steps that a path may have.
const MAX_STEPS: usize = 16;
/// What OData writes behind the name of a member for the label of its code.
const LABEL: &str = "@FormattedValue";
/// The same, written out.
const LABEL_WHOLE: &str = "@OData.Community.Display.V1.FormattedValue";

/// Where the records of a JSON input lie; it ends with [`Step::Each`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPath {
    text: String,
    steps: Vec<Step>,
}

/// One step of a [`RecordPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the member of an object.
    Member(String),
    /// To every element of an array.
    Each,
}

/// Where a column lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// How many objects above the record; 0 is the record itself.
    pub up: usize,
    /// Members to go through from there, at least one.
    pub members: Vec<String>,
}

impl RecordPath {
    /// Reads a path as it is written.
    ///
    /// # Errors
    /// What is wrong with it, and the remedy.
    pub fn parse(text: &str) -> Result<RecordPath, String> {
        let Some(written) = text.strip_prefix('/') else {
            return Err("must begin with /, as in /value/*/alerts/*".to_owned());
        };
        let steps: Vec<Step> = written.split('/').map(Step::parse).collect();
        if steps.last() != Some(&Step::Each) {
            return Err(
                "must end with /*, because records are the elements of an array".to_owned(),
            );
        }
        if steps.len() > MAX_STEPS {
            return Err(format!("has more than {MAX_STEPS} steps"));
        }
        let text = text.to_owned();
        Ok(RecordPath { text, steps })
    }

    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its steps, from the outside inwards.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many objects it goes through.
    pub fn parents(&self) -> usize {
        self.members_from(0)
    }

    /// How many steps lead to the elements of the outermost array.
    pub fn to_outermost(&self) -> usize {
        let each = self.steps.iter().position(|step| *step == Step::Each);
        each.map_or(self.steps.len(), |at| at + 1)
    }

    fn members_from(&self, step: usize) -> usize {
        let steps = self.steps.iter().skip(step);
        steps.filter(|step| **step != Step::Each).count()
    }

    /// The step out of the object that lies `up` above the record.
    fn step_out_of(&self, up: usize) -> Option<usize> {
        let members = self.steps.iter().enumerate().rev();
        let mut members = members.filter(|(_, step)| **step != Step::Each);
        members.nth(up.checked_sub(1)?).map(|(at, _)| at)
    }

    fn resolve(&self, column: &str) -> Result<Place, String> {
        let (up, members) = match column.strip_prefix("../") {
            Some(rest) => relative(rest),
            None if column.starts_with('/') => self.absolute(column)?,
            None => (0, vec![column.to_owned()]),
        };
        if up > self.parents() {
            let parents = match self.parents() {
                1 => "1 object encloses".to_owned(),
                count => format!("{count} objects enclose"),
            };
            return Err(format!(
                "goes up {up} objects, but {parents} the records of {}",
                self.text
            ));
        }
        if members.iter().any(String::is_empty) && up > 0 {
            return Err("names no member".to_owned());
        }
        self.nearest(up, members)
    }

    /// The same place from the nearest object that holds it, so that each place has one name.
    fn nearest(&self, mut up: usize, mut members: Vec<String>) -> Result<Place, String> {
        while let Some(at) = self.step_out_of(up) {
            let Some(Step::Member(own)) = self.steps.get(at) else {
                break;
            };
            if members.first() != Some(own) {
                break;
            }
            if members.len() == 1 || self.steps.get(at + 1) == Some(&Step::Each) {
                return Err("holds the records; name a member beside it".to_owned());
            }
            members.remove(0);
            up -= 1;
        }
        Ok(Place { up, members })
    }

    /// A pointer from the record, or, where it has a `*`, from where the path begins.
    fn absolute(&self, column: &str) -> Result<(usize, Vec<String>), String> {
        let steps: Vec<&str> = column.split('/').skip(1).collect();
        let Some(last) = steps.iter().rposition(|step| *step == "*") else {
            return Ok((0, steps.into_iter().map(unescape).collect()));
        };
        let (shared, members) = steps.split_at(last + 1);
        let own = shared.iter().copied().map(Step::parse);
        if !own.eq(self.steps.iter().take(last + 1).cloned()) {
            return Err(format!(
                "must begin as the records do, which are {}",
                self.text
            ));
        }
        let is_object =
            last + 1 == self.steps.len() || self.steps.get(last + 1) != Some(&Step::Each);
        if members.is_empty() || !is_object {
            return Err("must name a member of an object".to_owned());
        }
        let members = members.iter().copied().map(unescape).collect();
        Ok((self.members_from(last + 1), members))
    }
}

impl Step {
    fn parse(text: &str) -> Step {
        match text {
            "*" => Step::Each,
            name => Step::Member(unescape(name)),
        }
    }
}

impl Place {
    /// Where a column of a JSON input lies whose records lie at `path`, or are the elements of an array
    /// or the lines where that is `None`. A name is a member of the record, one that begins with `/` a
    /// JSON Pointer from it, one that begins with `../` a pointer from an object around it. A label such
    /// as `status@FormattedValue` is written out.
    ///
    /// # Errors
    /// Why the name leads nowhere, and the remedy.
    pub fn of(column: &str, path: Option<&RecordPath>) -> Result<Place, String> {
        let mut place = match (path, column.strip_prefix('/')) {
            (Some(path), _) => path.resolve(column)?,
            (None, None) if column.starts_with("../") => {
                let why =
                    "leads out of the record, and input.records does not say where records lie";
                return Err(why.to_owned());
            }
            (None, Some(pointer)) => Place {
                up: 0,
                members: pointer.split('/').map(unescape).collect(),
            },
            (None, None) => Place {
                up: 0,
                members: vec![column.to_owned()],
            },
        };
        if let Some(last) = place.members.last_mut()
            && let Some(code) = last.strip_suffix(LABEL)
        {
            *last = format!("{code}{LABEL_WHOLE}");
        }
        Ok(place)
    }

    /// The one name of the place, as findings tell it.
    pub fn name(&self) -> String {
        let escaped: Vec<String> = self.members.iter().map(|name| escape(name)).collect();
        match (self.up, self.members.as_slice()) {
            (0, [name]) => name.clone(),
            (0, _) => format!("/{}", escaped.join("/")),
            (up, _) => format!("{}{}", "../".repeat(up), escaped.join("/")),
        }
    }
}

fn relative(mut rest: &str) -> (usize, Vec<String>) {
    let mut up = 1;
    while let Some(further) = rest.strip_prefix("../") {
        up += 1;
        rest = further;
    }
    let rest = if rest == ".." { "" } else { rest };
    (up, rest.split('/').map(unescape).collect())
}

/// A member's name as a step of a JSON Pointer.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RecordPath {
        RecordPath::parse(text).unwrap()
    }

    fn name(column: &str, records: &str) -> Result<String, String> {
        Place::of(column, Some(&path(records))).map(|place| place.name())
    }

    #[test]
    fn a_path_begins_and_ends_as_it_must() {
        assert_eq!(path("/*").parents(), 0);
        assert_eq!(path("/value/*/alerts/*").parents(), 2);
        assert_eq!(path("/value/*/alerts/*").to_outermost(), 2);
        for wrong in ["", "value/*", "/value", "/*/alerts", "*"] {
            assert!(RecordPath::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_place_has_one_name() {
        let records = "/value/*/alerts/*";
        for column in ["../id", "/value/*/id", "../id"] {
            assert_eq!(name(column, records).unwrap(), "../id");
        }
        assert_eq!(name("code", records).unwrap(), "code");
        assert_eq!(name("/value/*/alerts/*/code", records).unwrap(), "code");
        assert_eq!(name("/dates/start", records).unwrap(), "/dates/start");
        assert_eq!(
            name("../../@odata.context", records).unwrap(),
            "../../@odata.context"
        );
        assert_eq!(
            name("/value/*/person/a~1b", records).unwrap(),
            "../person/a~1b"
        );
        let deep = "/*/data/alerts/*";
        assert_eq!(name("/*/data/source", deep).unwrap(), "../source");
        assert_eq!(name("../../data/source", deep).unwrap(), "../source");
        assert_eq!(name("../../id", deep).unwrap(), "../../id");
    }

    #[test]
    fn names_that_lead_nowhere_are_told() {
        let records = "/value/*/alerts/*";
        for wrong in [
            "../../../id",
            "../",
            "../..",
            "../alerts",
            "../../value",
            "/value/*",
            "/value/*/alerts/*",
            "/people/*/id",
            "/value/*/alerts/*/codes/*",
        ] {
            assert!(name(wrong, records).is_err(), "{wrong}");
        }
        assert!(name("../id", "/*").is_err());
        assert!(name("/*/x", "/*/*").is_err());
    }

    #[test]
    fn without_a_path_nothing_lies_around_a_record() {
        assert!(Place::of("../id", None).is_err());
        assert_eq!(Place::of("/a/*", None).unwrap().members, ["a", "*"]);
    }

    #[test]
    fn labels_are_written_out() {
        let label = "status@OData.Community.Display.V1.FormattedValue";
        for column in ["status@FormattedValue", label] {
            assert_eq!(Place::of(column, None).unwrap().name(), label);
        }
    }
}
