// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Path, State} from "./Terms.sol";

/// @notice A deal in one storage word: state (8 bits), deadline (40), top of a digest (208).
/// A final deal holds its path where the deadline was, and its result where the facts were.
/// @dev 208 bits leave a second preimage at 2^208 and a collision at 2^104. A collision also needs both sets
/// of facts to be signed terms, and would only let the one who signed both swap his own terms.
type DealWord is uint256;

using {state, deadline, digest, holds} for DealWord global;

uint256 constant DIGEST_BITS = 208;
uint256 constant STATE_SHIFT = 248;

/// @notice The word of a deal that is not final.
function packWord(State state_, uint256 deadline_, bytes32 facts) pure returns (DealWord) {
    return _pack(uint256(state_), uint40(deadline_), facts);
}

/// @notice The word of a final deal.
function packFinal(Path path, bytes32 resultHash) pure returns (DealWord) {
    return _pack(uint256(State.Final), uint256(path), resultHash);
}

function state(DealWord word) pure returns (State) {
    return State(DealWord.unwrap(word) >> STATE_SHIFT);
}

/// @notice The deadline in seconds since 1970; in a final word the path.
function deadline(DealWord word) pure returns (uint40) {
    return uint40(DealWord.unwrap(word) >> DIGEST_BITS);
}

function digest(DealWord word) pure returns (bytes26) {
    return bytes26(uint208(DealWord.unwrap(word)));
}

/// @notice Whether the word was packed with these facts.
function holds(DealWord word, bytes32 facts) pure returns (bool) {
    return digest(word) == bytes26(facts);
}

function _pack(uint256 state_, uint256 middle, bytes32 hash) pure returns (DealWord) {
    return DealWord.wrap(state_ << STATE_SHIFT | middle << DIGEST_BITS | uint208(bytes26(hash)));
}
