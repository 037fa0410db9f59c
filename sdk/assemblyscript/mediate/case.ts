import { ActionKind, CaseRecord, Event, Compared, Outcome, Party, Place, Result, Standing } from "./mediate_gen";
import { Action, KEY_COMPARE, KEY_EXECUTE, KEY_OTHER, MAX_ACTIONS, Plan, verdict } from "./plan";
import { Group, Votes } from "./votes";
import { fail } from "../host";
import { nothing, Sameness } from "../guest";

const NO_EVENT: u64 = 0xffffffff;

/** Answer is a result with who gave it and where it stands among the events. */
export class Answer {
  constructor(readonly result: Result, readonly by: Party, readonly position: i32) {}
}

/** Runs is how far the orders of a case are. */
export class Runs {
  ordered: i32;
  done: i32;
  missing: i32;

  /** open is the number of runs on their way. */
  get open(): i32 { return max(0, this.ordered - this.done - this.missing); }
}

/** Reasons that rerun gives. Its users say them in their manifests. */
export enum Reason {
  Agreed = 1, // the own run gave the same
  Disagreed = 2, // the own run gave something else: by {0} ppm
  Withheld = 3, // the provider showed no result until the deadline
  NoRun = 4, // no own run could be had until the deadline
  Incomparable = 5, // the comparator cannot tell
}

/** Case is one doubt, with all that is known of it. */
@unmanaged
export class Case extends CaseRecord {
  /** param is a parameter of the deal, 0 when it has none of the name. */
  param(key: string): i64 {
    const params = this.params;
    for (let i = 0; i < params.length; i++) if (params[i].key == key) return params[i].value;
    return 0;
  }

  /** expired tells that the deadline has come. */
  expired(): bool { return this.now >= this.deadline; }

  /**
   * audited tells that the coin of the deal chose this result: the seed as a
   * big-endian number, modulo 10000, is below the audit rate.
   */
  audited(): bool {
    let coin: u64 = 0;
    for (let i = 0; i < 32; i++) coin = ((coin << 8) | this.seed[i]) % 10_000;
    return coin < this.auditRate;
  }

  /** answers are all results, in their order. */
  answers(): Answer[] {
    const list: Answer[] = [], events = this.events;
    for (let i = 0; i < events.length; i++) {
      const r = events[i].result;
      if (r) list.push(new Answer(r, this.partyAt(<i32>r.who), i));
    }
    return list;
  }

  private partyAt(position: i32): Party {
    const p = this.events[position].party;
    if (p) return p;
    fail("a result is by no party");
    return changetype<Party>(nothing());
  }

  /** claim is the deal's own result, null when there is none. */
  claim(): Answer | null { return this.answerBy(Standing.Provider); }

  /** own is the mediator's own result, null when there is none. */
  own(): Answer | null { return this.answerBy(Standing.Mediator); }

  private answerBy(s: Standing): Answer | null {
    const list = this.answers();
    for (let i = 0; i < list.length; i++) if (list[i].by.standing == s) return list[i];
    return null;
  }

  /** runs counts the runs that were ordered and what became of them. */
  runs(): Runs {
    const runs = new Runs(), events = this.events;
    for (let i = 0; i < events.length; i++) {
      const o = events[i].ordered, r = events[i].result, m = events[i].missing;
      if (o && o.kind == ActionKind.Execute) runs.ordered++;
      if (r && r.re != NO_EVENT) runs.done++;
      if (m && (<u32>m.key & ~0xffffff) == KEY_EXECUTE) runs.missing++;
    }
    return runs;
  }

  /** exhausted tells that no run is on its way and none may be ordered. */
  exhausted(): bool {
    const runs = this.runs();
    return runs.open == 0 && <u64>runs.ordered >= this.maxRuns;
  }

  /** votes groups the results. Groups stand in the order of their first result. */
  votes(): Votes { return new Votes(this.answers(), this.events); }

  /**
   * outcomeFor is the verdict on the deal's own result if the group is right:
   * upheld or late when the result is in it, else fraud. Nobody is accused for
   * an empty group: it is a refund.
   */
  outcomeFor(g: Group): Outcome {
    if (!g.n) return Outcome.Refund;
    for (let i = 0; i < g.n; i++) {
      const a = g.answers[i];
      if (a.by.standing == Standing.Provider) {
        return this.hasChallenged && a.result.at > this.challenged ? Outcome.Late : Outcome.Upheld;
      }
    }
    return Outcome.Fraud;
  }

  /** wait asks to be called at the next event, or at the deadline. */
  wait(): Plan {
    const a = new Action(ActionKind.Wait, KEY_OTHER | ActionKind.Wait);
    a.until = this.deadline;
    return new Plan([a]);
  }

  /**
   * execute asks for so many runs more than there are results: those on their
   * way count, the rest is ordered, up to the case's maxRuns. With nothing to
   * order it waits.
   */
  execute(more: i32): Plan {
    const actions: Action[] = [], runs = this.runs();
    for (let n = runs.open; n < more && <u64>(runs.ordered + actions.length) < this.maxRuns; n++) {
      const a = new Action(ActionKind.Execute, KEY_EXECUTE | (runs.ordered + actions.length));
      a.place = Place.Any;
      a.until = this.deadline;
      actions.push(a);
    }
    return actions.length ? new Plan(actions) : this.wait();
  }

  /** compare asks the deal's comparator about two results. Once it was asked, it waits. */
  compare(a: Answer, b: Answer): Plan {
    const action = comparison(a, b);
    return this.ordered(action.key) ? this.wait() : new Plan([action]);
  }

  /**
   * compareAll asks the deal's comparator about all pairs of groups that it was
   * not asked about, as compare does; null when there are no such pairs. A
   * scheme that needs all of them sees them after one call, and not after one
   * for each.
   */
  compareAll(votes: Votes): Plan | null {
    const open = votes.open(MAX_ACTIONS), actions: Action[] = [];
    if (!open.length) return null;
    for (let i = 0; i < open.length; i++) {
      const action = comparison(open[i][0], open[i][1]);
      if (!this.ordered(action.key)) actions.push(action);
    }
    return actions.length ? new Plan(actions) : this.wait();
  }

  private ordered(key: u32): bool {
    const events = this.events;
    for (let i = 0; i < events.length; i++) {
      const o = events[i].ordered;
      if (o && o.key == key) return true;
    }
    return false;
  }

  /**
   * rerun is what a mediator does when a scheme asks no more of it: it runs the
   * job itself and holds the provider's result against its own.
   */
  rerun(): Plan {
    const own = this.own(), claim = this.claim();
    if (!claim && this.expired()) return verdict(Outcome.Fraud).because(Reason.Withheld);
    if (!own) {
      if (this.expired() || this.exhausted()) return verdict(Outcome.Refund).because(Reason.NoRun);
      return this.execute(1);
    }
    if (!claim) return this.wait();
    const right = this.outcomeFor(new Group([claim], 1));
    if (own.result.content == claim.result.content) return verdict(right).because(Reason.Agreed);
    const events = this.events;
    for (let i = 0; i < events.length; i++) {
      const c = events[i].compared;
      if (!c || !between(c, own, claim)) continue;
      if (c.sameness == Sameness.Equal) return verdict(right).because(Reason.Agreed);
      if (c.sameness == Sameness.Different) return verdict(Outcome.Fraud).because(Reason.Disagreed).with(c.distance, 0);
      return verdict(Outcome.Refund).because(Reason.Incomparable);
    }
    if (this.expired()) return verdict(Outcome.Refund).because(Reason.Incomparable);
    return this.compare(claim, own);
  }
}

function comparison(x: Answer, y: Answer): Action {
  const i: u32 = min(x.position, y.position), j: u32 = max(x.position, y.position);
  const action = new Action(ActionKind.Compare, KEY_COMPARE | (i << 12) | j);
  action.a = i;
  action.b = j;
  return action;
}

function between(c: Compared, x: Answer, y: Answer): bool {
  const i = <u64>x.position, j = <u64>y.position;
  return (c.a == i && c.b == j) || (c.a == j && c.b == i);
}
