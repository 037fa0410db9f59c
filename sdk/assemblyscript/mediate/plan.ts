import { ActionKind, ActionRecord, Outcome, Place } from "./mediate_gen";

/** Action is one thing that a scheme asks for. */
export class Action extends ActionRecord {
  constructor(kind: ActionKind, key: u32) {
    super();
    this.kind = kind;
    this.key = key;
  }
}

// Keys of actions: what it is, then which one. A case has at most 4096 events,
// so two positions fit.
export const KEY_EXECUTE: u32 = 1 << 24;
export const KEY_COMPARE: u32 = 2 << 24;
export const KEY_OTHER: u32 = 3 << 24;

/** MAX_ACTIONS is the most that a plan may have. */
export const MAX_ACTIONS: i32 = 64;

/** Plan is what a scheme wants done next. Its methods return it changed. */
export class Plan {
  constructor(readonly actions: Action[]) {}

  private place(p: Place): Plan {
    for (let i = 0; i < this.actions.length; i++) {
      if (this.actions[i].kind == ActionKind.Execute) this.actions[i].place = p;
    }
    return this;
  }

  /** sameClass places runs on the hardware class of the deal's provider. */
  sameClass(): Plan { return this.place(Place.SameClass); }

  /** otherOwner places runs at operators that have no part in the case. */
  otherOwner(): Plan { return this.place(Place.OtherOwner); }

  /** confidence says how sure a verdict is, in parts in a million. */
  confidence(ppm: u64): Plan {
    for (let i = 0; i < this.actions.length; i++) this.actions[i].confidence = <u32>ppm;
    return this;
  }

  /** because gives a reason. Words for it are in the manifest. */
  because(reason: i32): Plan {
    for (let i = 0; i < this.actions.length; i++) this.actions[i].reason = <u16>reason;
    return this;
  }

  /** with fills in the reason's arguments. */
  with(arg0: u64, arg1: u64): Plan {
    for (let i = 0; i < this.actions.length; i++) {
      this.actions[i].arg0 = arg0;
      this.actions[i].arg1 = arg1;
    }
    return this;
  }
}

/** verdict ends the case. In review anything but upheld makes the creator challenge. */
export function verdict(outcome: Outcome): Plan {
  const a = new Action(ActionKind.Verdict, KEY_OTHER | ActionKind.Verdict);
  a.outcome = outcome;
  return new Plan([a]);
}

/**
 * draw ends a review with doubt: the creator challenges, without an opinion of
 * its own, and mediators are drawn.
 */
export function draw(): Plan { return new Plan([new Action(ActionKind.Draw, KEY_OTHER | ActionKind.Draw)]); }
