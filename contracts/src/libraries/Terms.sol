// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DealTerms, Facts, Head, JobOffer, Outcome, Tail} from "../types/Terms.sol";

/// @title The hashes of everything that is signed or committed to
/// @notice Struct hashes follow EIP-712. All types are flat, so abi.encode of a struct is its encodeData, and a struct
/// lies in calldata as abi.encode would write it. Structs are hashed from there, which saves 2000 gas in a deal.
/// @dev Whoever uses a field must read it through its type, which refuses bits that do not belong to it.
library Terms {
    bytes32 internal constant JOB_OFFER_TYPEHASH = keccak256(
        "JobOffer(address creator,address judge,address solver,address target,bytes32 work,bytes32 panel,bytes32 seedHash,uint80 maxPrice,uint96 creatorStake,uint96 providerStake,uint96 latePenalty,uint96 mediationFee,uint96 solverFee,uint16 auditBps,uint32 submitFor,uint32 judgeFor,uint32 revealFor,uint32 mediateFor,uint32 epoch,uint64 nonce,uint40 expiry)"
    );
    bytes32 internal constant DEAL_TYPEHASH = keccak256(
        "Deal(bytes32 jobHash,address provider,uint80 price,bytes32 seedHash,uint32 epoch,uint40 expiry)"
    );
    bytes32 internal constant RESULT_TYPEHASH = keccak256("Result(bytes32 dealHash,bytes32 resultHash)");
    bytes32 internal constant RECEIPT_TYPEHASH =
        keccak256("Receipt(bytes32 dealHash,bytes32 resultHash,bytes32 creatorSeed)");
    bytes32 internal constant VERDICT_TYPEHASH =
        keccak256("Verdict(bytes32 dealHash,bytes32 resultHash,uint8 outcome,bytes32 transcriptHash)");

    uint256 internal constant BPS = 10_000;

    function jobHash(JobOffer calldata offer) internal pure returns (bytes32) {
        bytes calldata words;
        assembly ("memory-safe") {
            words.offset := offer
            words.length := 672
        }
        return keccak256(bytes.concat(JOB_OFFER_TYPEHASH, words));
    }

    function dealHash(bytes32 job, DealTerms calldata deal) internal pure returns (bytes32) {
        bytes calldata words;
        assembly ("memory-safe") {
            words.offset := deal
            words.length := 160
        }
        return keccak256(bytes.concat(DEAL_TYPEHASH, job, words));
    }

    function resultStructHash(bytes32 deal, bytes32 result) internal pure returns (bytes32) {
        return keccak256(abi.encode(RESULT_TYPEHASH, deal, result));
    }

    function receiptStructHash(bytes32 deal, bytes32 result, bytes32 creatorSeed)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(RECEIPT_TYPEHASH, deal, result, creatorSeed));
    }

    function verdictStructHash(bytes32 deal, bytes32 result, Outcome outcome, bytes32 transcript)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(VERDICT_TYPEHASH, deal, result, outcome, transcript));
    }

    /// @notice A seed is bound to its owner, so that a copied commitment cannot be opened by the copier.
    function seedHash(bytes32 seed, address owner) internal pure returns (bytes32) {
        return keccak256(abi.encode(seed, owner));
    }

    /// @notice The panel as a creator signs it; `members` are packed addresses.
    function panelHash(bytes memory members, uint8 drawn, uint8 threshold) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(members), drawn, threshold));
    }

    /// @notice Whether this deal must be audited. The provider cannot know before the creator's seed is out.
    function audited(bytes32 creatorSeed, bytes32 deal, uint16 auditBps) internal pure returns (bool) {
        return uint256(keccak256(abi.encode(creatorSeed, deal))) % BPS < auditBps;
    }

    /// @notice What the word of an open deal commits to.
    function factsHash(Head calldata head) internal pure returns (bytes32) {
        bytes calldata words;
        assembly ("memory-safe") {
            words.offset := head
            words.length := 320
        }
        return keccak256(words);
    }

    /// @notice What the word commits to once a result is in.
    function factsHash(Head calldata head, bytes32 resultHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(factsHash(head), resultHash));
    }

    function tailHash(Tail calldata tail) internal pure returns (bytes32) {
        bytes calldata words;
        assembly ("memory-safe") {
            words.offset := tail
            words.length := 256
        }
        return keccak256(words);
    }

    /// @notice The facts of a deal as it is opened: factsHash of its Head, which names the hash of its Tail.
    /// @dev Encodes the fields in the order of the two structs without building them, which saves 700 gas.
    function factsHash(bytes32 deal, JobOffer memory offer, DealTerms memory terms)
        internal
        pure
        returns (bytes32)
    {
        bytes32 tail = keccak256(
            abi.encode(
                offer.panel,
                terms.seedHash,
                offer.latePenalty,
                offer.mediationFee,
                offer.solverFee,
                offer.judgeFor,
                offer.revealFor,
                offer.mediateFor
            )
        );
        return keccak256(
            abi.encode(
                deal,
                offer.seedHash,
                offer.creator,
                offer.judge,
                terms.provider,
                terms.price,
                offer.creatorStake,
                offer.providerStake,
                offer.auditBps,
                tail
            )
        );
    }
}
