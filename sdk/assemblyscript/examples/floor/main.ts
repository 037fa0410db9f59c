// Keeps a provider's price floor: a job that can pay it is asked to, any other
// is declined.
import * as admit from "../../admit";
export { lilypad_arena, lilypad_configure, lilypad_admit_1 } from "../../admit";

// Reasons, with words in the manifest.
enum Reason {
  BelowFloor = 1,
}

class Floor extends admit.Hook {
  private floor: u64; // micro-LILY

  constructor(s: admit.Settings) {
    super();
    this.floor = s.int("price_floor");
  }

  admit(node: admit.Node, request: admit.Request): admit.Admission {
    if (request.standingPrice >= this.floor) return admit.take();
    const no = admit.decline(Reason.BelowFloor).with(request.standingPrice, this.floor);
    return this.floor <= request.maxPrice ? no.at(this.floor) : no;
  }
}

admit.register((s) => new Floor(s));
