import { Answer } from "./case";
import { Event } from "./mediate_gen";
import { Items, Sameness } from "../guest";

/** Group are results that are the same. */
export class Group {
  constructor(readonly answers: Answer[], private total: i32) {}

  /** n is the number of results in the group. */
  get n(): i32 { return this.answers.length; }

  /** ppm is the group's share of all results, in parts in a million. */
  get ppm(): u64 { return this.total ? <u64>this.n * 1_000_000 / this.total : 0; }
}

/**
 * Votes are the results of a case, grouped: those of equal content, and those
 * that a comparison found equal, stand together.
 */
export class Votes {
  readonly groups: Group[] = [];
  /** total is the number of results. */
  readonly total: i32;
  private apart: i32[] = []; // pairs of groups that were compared and not found equal

  constructor(answers: Answer[], events: Items<Event>) {
    this.total = answers.length;
    const same = new StaticArray<i32>(answers.length); // the first answer that is the same
    for (let i = 0; i < answers.length; i++) {
      same[i] = i;
      for (let j = 0; j < i; j++) {
        if (answers[j].result.content == answers[i].result.content) {
          join(same, i, j);
          break;
        }
      }
    }
    for (let k = 0; k < events.length; k++) {
      const c = events[k].compared;
      if (!c) continue;
      const i = find(answers, c.a), j = find(answers, c.b);
      if (i < 0 || j < 0) continue;
      if (c.sameness == Sameness.Equal) join(same, i, j);
      else this.apart.push(i), this.apart.push(j);
    }
    this.group(answers, same);
  }

  private group(answers: Answer[], same: StaticArray<i32>): void {
    const index = new StaticArray<i32>(answers.length);
    for (let i = 0; i < answers.length; i++) {
      if (same[i] == i) {
        index[i] = this.groups.length;
        this.groups.push(new Group([], this.total));
      }
      index[i] = index[same[i]];
      this.groups[index[i]].answers.push(answers[i]);
    }
    for (let i = 0; i < this.apart.length; i++) this.apart[i] = index[this.apart[i]]; // from answers to groups
  }

  /** top is the largest group, the earlier of equals; empty without results. */
  top(): Group {
    let top = new Group([], this.total);
    for (let i = 0; i < this.groups.length; i++) if (this.groups[i].n > top.n) top = this.groups[i];
    return top;
  }

  /**
   * undecided are two results that differ in content, of groups that no
   * comparison has told apart; null when there are none.
   */
  undecided(): Answer[] | null {
    const open = this.open(1);
    return open.length ? open[0] : null;
  }

  /** open are so many of such pairs at most. */
  open(most: i32): Answer[][] {
    const pairs: Answer[][] = [];
    for (let i = 0; i < this.groups.length; i++) {
      for (let j = 0; j < i && pairs.length < most; j++) {
        if (!this.areApart(i, j)) pairs.push([this.groups[j].answers[0], this.groups[i].answers[0]]);
      }
    }
    return pairs;
  }

  private areApart(i: i32, j: i32): bool {
    for (let k = 0; k < this.apart.length; k += 2) {
      const a = this.apart[k], b = this.apart[k + 1];
      if ((a == i && b == j) || (a == j && b == i)) return true;
    }
    return false;
  }
}

function join(same: StaticArray<i32>, i: i32, j: i32): void {
  const low = min(same[i], same[j]), high = max(same[i], same[j]);
  for (let k = 0; k < same.length; k++) if (same[k] == high) same[k] = low;
}

function find(answers: Answer[], position: u64): i32 {
  for (let i = 0; i < answers.length; i++) if (<u64>answers[i].position == position) return i;
  return -1;
}
