// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What is to be done and how it is verified; offers name its hash.
struct Work {
    bytes32 module;
    bytes32 inputs; // content id
    bytes32 needs;
    bytes32 scheme; // digest of a plugin, 0 for none
    bytes32 comparator;
    bytes32 parameters;
    bytes32 resultKey; // 0: the result is not sealed
}

/// @notice How a job ended. A program that failed was run all the same, and is paid for.
enum Status {
    None,
    Succeeded,
    Failed,
    OutOfMemory,
    TimedOut
}

/// @notice What a job left behind; its hash is the result that is signed and settled.
struct Outputs {
    bytes32 plain; // content id of what is compared
    bytes32 blob; // content id of what is delivered
    uint64 size; // bytes delivered
    Status status;
    bytes32 hardwareClass;
}

bytes32 constant WORK_TYPEHASH = keccak256(
    "Work(bytes32 module,bytes32 inputs,bytes32 needs,bytes32 scheme,bytes32 comparator,bytes32 parameters,bytes32 resultKey)"
);

/// @notice The EIP-712 struct hash that an offer names as its work.
function workHash(Work memory work) pure returns (bytes32) {
    return keccak256(abi.encode(WORK_TYPEHASH, work));
}

/// @notice The resultHash of Settlement.
function outputsHash(Outputs memory outputs) pure returns (bytes32) {
    return keccak256(abi.encode(outputs));
}
