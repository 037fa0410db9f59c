// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A 64-byte compact signature (EIP-2098) with s in the lower half of the curve order.
struct Signature {
    bytes32 r;
    bytes32 vs;
}

/// @notice What a creator signs: the work, its highest price and every rule the money will follow.
/// @dev Amounts are in wei of the token, windows in seconds, `expiry` in seconds since 1970.
struct JobOffer {
    address creator;
    address judge; // signs receipts and sends challenges
    address solver; // the only one who may open; 0 lets anyone open for `target`
    address target; // the only provider allowed; 0 leaves the choice to `solver`
    bytes32 work; // hash of module, inputs, needs, scheme, comparator, parameters and result key
    bytes32 panel; // hash of the mediators and of how many are drawn; see Terms.panelHash
    bytes32 seedHash; // see Terms.seedHash
    uint80 maxPrice;
    uint96 creatorStake;
    uint96 providerStake;
    uint96 latePenalty; // what a provider loses when it never submits
    uint96 mediationFee; // shared by the drawn mediators
    uint96 solverFee;
    uint16 auditBps; // chance of a forced audit, in 1/10000
    uint32 submitFor;
    uint32 judgeFor;
    uint32 revealFor;
    uint32 mediateFor;
    uint32 epoch; // must equal the creator's account epoch
    uint64 nonce;
    uint40 expiry;
}

/// @notice What a provider signs, next to the hash of the offer it takes.
struct DealTerms {
    address provider;
    uint80 price;
    bytes32 seedHash;
    uint32 epoch; // must equal the provider's account epoch
    uint40 expiry;
}

/// @notice One entry of an open batch. An approved offer needs no creator signature: both words are 0.
struct Opening {
    JobOffer offer;
    DealTerms deal;
    Signature creatorSignature;
    Signature providerSignature;
}

/// @notice The facts that a receipt needs. The deal's word commits to them, so callers pass them again.
struct Head {
    bytes32 dealHash;
    bytes32 seedHash; // the creator's
    address creator;
    address judge;
    address provider;
    uint80 price;
    uint96 creatorStake;
    uint96 providerStake;
    uint16 auditBps;
    bytes32 tailHash; // keccak256(abi.encode(Tail))
}

/// @notice The facts that only a deal without a receipt needs.
struct Tail {
    bytes32 panel;
    bytes32 seedHash; // the provider's
    uint96 latePenalty;
    uint96 mediationFee;
    uint96 solverFee;
    uint32 judgeFor;
    uint32 revealFor;
    uint32 mediateFor;
}

/// @notice All facts of a deal on its way through the states after Open.
struct Facts {
    bytes32 jobHash;
    bytes32 resultHash; // 0 while nothing is submitted
    Head head;
    Tail tail;
}

/// @notice One entry of a settle batch: a receipt signed by the judge.
struct Settling {
    bytes32 jobHash;
    bytes32 resultHash;
    bytes32 creatorSeed; // as signed: 0 in a deal without audits
    Signature judgeSignature;
    Head head;
}

/// @notice The agreed mediators; `members` are 20-byte addresses back to back, strictly ascending.
struct Panel {
    bytes members;
    uint8 drawn; // k
    uint8 threshold; // t
}

/// @notice One signed verdict; `seat` is the mediator's place in the order of the draw.
struct Vote {
    uint8 seat;
    Outcome outcome;
    bytes32 transcriptHash;
    Signature signature;
}

/// @notice Where a deal stands. Final never changes again.
enum State {
    None,
    Approved,
    Open,
    Submitted,
    Challenged,
    Drawn,
    Final
}

/// @notice What a mediator may find.
enum Outcome {
    None,
    Upheld,
    Late,
    Refund,
    Fraud
}

/// @notice The way a deal ended; each has its row in Payouts.
enum Path {
    None,
    Receipt,
    Unjudged,
    AuditDodged,
    Expired,
    NoReveal,
    UpheldChallenge,
    UpheldAudit,
    Late,
    Refund,
    Fraud,
    NoVerdictChallenge,
    NoVerdictAudit
}

/// @notice Why a batch entry was skipped.
enum Reason {
    None,
    NotOpener, // sender is not the named solver, or neither solver nor target is named
    NotTarget, // the offer names another provider
    SelfDeal, // provider and creator are one
    Stale, // offer or deal is past its expiry
    PriceTooHigh,
    BadStakes, // fee, penalty and stakes do not cover each other, or auditBps is above 10000
    BadWindow, // a window is outside this contract's bounds
    WrongState, // already open, or not settleable any more
    CreatorEpoch,
    ProviderEpoch,
    CreatorFunds,
    ProviderFunds,
    CreatorSignature,
    ProviderSignature,
    FactsMismatch, // the passed facts are not the deal's
    SeedMismatch, // the creator's seed is not the committed one
    AuditDue, // the coin fell on audit: a receipt cannot settle
    JudgeSignature
}

/// @notice Limits for the windows of all offers, in seconds, both ends allowed.
struct Bounds {
    uint32 submitMin;
    uint32 submitMax;
    uint32 windowMin; // for judgeFor, revealFor and mediateFor
    uint32 windowMax;
}
