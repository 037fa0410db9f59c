import { Setting, SettingsRecord, SettingType } from "./common_gen";
import { fault, Status } from "./fault";

/** A leaf is a setting that outlives the call that brought it. */
class Leaf {
  constructor(readonly type: SettingType, readonly int: i64, readonly text: string) {}
}

/**
 * Settings are the operator's, after the manifest's schema has been checked
 * and its defaults filled in. A key that is not set reads as zero.
 */
export class Settings {
  private constructor(private leaves: Map<string, Leaf>, private prefix: string) {}

  /** read takes the argument of lilypad_configure apart. */
  static read(record: SettingsRecord): Settings {
    const leaves = new Map<string, Leaf>();
    const list = record.settings;
    for (let i = 0; i < list.length; i++) {
      const s = list[i];
      leaves.set(s.key, new Leaf(s.type, s.int, s.text));
    }
    return new Settings(leaves, "");
  }

  private leaf(key: string, want: SettingType): Leaf {
    const name = this.prefix + key;
    if (this.leaves.has(name)) {
      const l = this.leaves.get(name);
      if (l.type == want) return l;
      fault(Status.AUTHOR_ERROR, "setting " + name + " is of type " + l.type.toString() + ", not " + want.toString());
    }
    return new Leaf(want, 0, "");
  }

  /** refuse keeps the plugin from running with these settings. */
  refuse(why: string): void { fault(Status.SETTINGS_REFUSED, why); }

  /** has tells whether a key is set. */
  has(key: string): bool { return this.leaves.has(this.prefix + key); }

  /** int is a number. */
  int(key: string): i64 { return this.leaf(key, SettingType.Int).int; }

  /** text is a string. */
  text(key: string): string { return this.leaf(key, SettingType.Text).text; }

  /** bool is true or false. */
  bool(key: string): bool { return this.leaf(key, SettingType.Bool).int == 1; }

  /** len is the number of elements of an array. */
  len(key: string): i32 { return <i32>this.leaf(key, SettingType.List).int; }

  /** at are the settings of the i-th object of an array. */
  at(key: string, i: i32): Settings { return new Settings(this.leaves, this.prefix + key + "." + i.toString() + "."); }

  /** texts are the elements of an array of strings. */
  texts(key: string): string[] {
    const list = new Array<string>(this.len(key));
    for (let i = 0; i < list.length; i++) list[i] = this.text(key + "." + i.toString());
    return list;
  }
}
