// For schemes: plugins that say how a result is verified.
//
// decide is called again after each event with all events so far, so a scheme
// keeps no state and a replay needs nothing but the events. What it asks for
// has a key that follows from the case alone, and is done once.
import * as guest from "../guest";
import { Case } from "./case";
import { Plan } from "./plan";
import { KIND_CASE_RECORD, SIZE_CASE_RECORD, SIZE_ACTION_RECORD } from "./mediate_gen";

export * from "./case";
export * from "./plan";
export * from "./votes";

/** Hook decides what comes next in one case. The answer may depend on nothing else: neither on other cases nor on earlier calls. */
export abstract class Hook {
  abstract decide(case_: Case): Plan;
}

let make: ((s: guest.Settings) => Hook) | null = null;
let hook: Hook | null = null;

/** register names what makes the hook from its settings. */
export function register(f: (s: guest.Settings) => Hook): void {
  make = f;
  guest.register((s) => { hook = make!(s); });
}

export function lilypad_mediate_1(input: usize, len: u32, out: usize, room: u32): i32 {
  if (guest.open(guest.HOOK_MEDIATE, hook != null, input, len, out, room)) {
    for (let i: u32 = 0; i < guest.count(); i++) {
      const item = guest.item(i, KIND_CASE_RECORD, SIZE_CASE_RECORD);
      if (!item) break;
      const actions = hook!.decide(changetype<Case>(item)).actions;
      for (let k = 0; k < actions.length; k++) {
        actions[k].item = i;
        actions[k].put(guest.next(SIZE_ACTION_RECORD));
      }
    }
  }
  return guest.close();
}

/** NONE is the position of no event. */
export const NONE: u64 = 0xffffffff;
