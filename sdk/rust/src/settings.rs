use crate::item::Item;
use crate::records::{Setting, SettingType, SettingsRecord};
use crate::serve::fail;

/// The operator's settings, after the manifest's schema has been checked and
/// its defaults filled in. A key that is not set reads as zero.
#[derive(Clone)]
pub struct Settings<'a> {
    all: SettingsRecord<'a>,
    prefix: String,
}

impl<'a> Settings<'a> {
    pub(crate) fn read(b: &'a [u8]) -> Self {
        Settings { all: SettingsRecord::of(Item(b).part(0)), prefix: String::new() }
    }

    fn leaf(&self, key: &str) -> Option<Setting<'a>> {
        self.all.settings().find(|l| l.key.strip_prefix(self.prefix.as_str()) == Some(key))
    }

    fn typed(&self, key: &str, want: SettingType) -> Option<Setting<'a>> {
        let leaf = self.leaf(key)?;
        if leaf.r#type != want {
            fail(&["setting ", &self.prefix, key, " is of another type"].concat());
        }
        Some(leaf)
    }

    /// Tells whether a key is set.
    pub fn has(&self, key: &str) -> bool {
        self.leaf(key).is_some()
    }

    /// A number.
    pub fn int(&self, key: &str) -> i64 {
        self.typed(key, SettingType::INT).map_or(0, |l| l.int)
    }

    /// A string. It is good until the plugin is set up: keep a copy.
    pub fn text(&self, key: &str) -> &'a str {
        self.typed(key, SettingType::TEXT).map_or("", |l| l.text)
    }

    /// True or false.
    pub fn bool(&self, key: &str) -> bool {
        self.typed(key, SettingType::BOOL).map_or(false, |l| l.int == 1)
    }

    /// The number of elements of an array.
    pub fn len(&self, key: &str) -> usize {
        self.typed(key, SettingType::LIST).map_or(0, |l| l.int as usize)
    }

    /// The settings of the i-th object of an array.
    pub fn at(&self, key: &str, i: usize) -> Settings<'a> {
        Settings { all: self.all, prefix: [&self.prefix, key, ".", &i.to_string(), "."].concat() }
    }

    /// The elements of an array of strings.
    pub fn texts(&self, key: &str) -> Vec<String> {
        (0..self.len(key)).map(|i| self.text(&[key, ".", &i.to_string()].concat()).to_string()).collect()
    }
}
