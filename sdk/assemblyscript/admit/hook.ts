// For plugins that choose which jobs a provider takes.
//
// Nodes and requests are views: keep none after admit returns.
import * as guest from "../guest";
import { AdmissionRecord, Answer, Node, RequestRecord, KIND_NODE, SIZE_NODE, KIND_REQUEST_RECORD, SIZE_REQUEST_RECORD, SIZE_ADMISSION_RECORD } from "./admit_gen";

/** Request is a job that the solver offers to this provider. */
@unmanaged
export class Request extends RequestRecord {}

/** Hook answers one request. The answer may depend on nothing else: neither on other requests nor on earlier calls. */
export abstract class Hook {
  abstract admit(node: Node, request: Request): Admission;
}

let make: ((s: guest.Settings) => Hook) | null = null;
let hook: Hook | null = null;

/** register names what makes the hook from its settings. */
export function register(f: (s: guest.Settings) => Hook): void {
  make = f;
  guest.register((s) => { hook = make!(s); });
}

export function lilypad_admit_1(input: usize, len: u32, out: usize, room: u32): i32 {
  if (guest.open(guest.HOOK_ADMIT, hook != null, input, len, out, room)) {
    const node = guest.context(KIND_NODE, SIZE_NODE);
    for (let i: u32 = 0; i < guest.count(); i++) {
      const request = guest.item(i, KIND_REQUEST_RECORD, SIZE_REQUEST_RECORD);
      if (!request) break;
      hook!.admit(changetype<Node>(node), changetype<Request>(request)).put(guest.next(SIZE_ADMISSION_RECORD));
    }
  }
  return guest.close();
}

/** Admission is what a provider says to a job. */
export class Admission extends AdmissionRecord {
  constructor(answer: Answer) {
    super();
    this.answer = answer;
  }

  /**
   * at names a price in micro-LILY: to take for less than the standing price,
   * or to decline unless the solver ranks this provider again with more.
   */
  at(price: u64): Admission {
    this.price = price;
    return this;
  }

  /** with fills in the reason's arguments. */
  with(arg0: u64, arg1: u64): Admission {
    this.arg0 = arg0;
    this.arg1 = arg1;
    return this;
  }
}

/** take accepts the job at the standing price. */
export function take(): Admission { return new Admission(Answer.Take); }

/** decline leaves the job to others. Words for the reason are in the manifest. */
export function decline(reason: i32): Admission {
  const a = new Admission(Answer.Decline);
  a.reason = <u16>reason;
  return a;
}
