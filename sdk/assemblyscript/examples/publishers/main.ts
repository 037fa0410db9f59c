// Allows modules of the publishers on a list, and denies all others.
import * as allow from "../../allow";
export { lilypad_arena, lilypad_configure, lilypad_allow_1 } from "../../allow";

// Reasons, with words in the manifest.
enum Reason {
  Listed = 1,
  NotListed = 2,
}

class Publishers extends allow.Hook {
  private publishers: string[];

  constructor(s: allow.Settings) {
    super();
    this.publishers = s.texts("publishers");
    for (let i = 1; i < this.publishers.length; i++) {
      const name = this.publishers[i];
      if (this.publishers.indexOf(name) < i) s.refuse("publishers: " + name + " stands twice");
    }
  }

  rule(module: allow.Module): allow.Ruling {
    const at = this.publishers.indexOf(module.publisher);
    if (at < 0) return allow.deny(0).because(Reason.NotListed);
    return allow.allow(at + 1).because(Reason.Listed).with(at + 1, 0);
  }
}

allow.register((s) => new Publishers(s));
