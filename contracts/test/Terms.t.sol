// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Terms} from "../src/libraries/Terms.sol";
import {DealTerms, Head, JobOffer, Tail} from "../src/types/Terms.sol";
import {Outputs, Status, Work, outputsHash, workHash} from "../src/types/Work.sol";
import {Test} from "./utils/Test.sol";

/// @notice Hashing structs where they lie in calldata gives what abi.encode gives.
contract TermsTest is Test {
    function testFuzz_jobHash_isThatOfTheEncoding(JobOffer calldata offer) external pure {
        JobOffer memory copy = offer;
        bytes32 want = keccak256(abi.encode(Terms.JOB_OFFER_TYPEHASH, copy));
        vm.assertEq(Terms.jobHash(offer), want, "job hash");
    }

    function testFuzz_dealHash_isThatOfTheEncoding(bytes32 job, DealTerms calldata deal) external pure {
        DealTerms memory copy = deal;
        bytes32 want = keccak256(abi.encode(Terms.DEAL_TYPEHASH, job, copy));
        vm.assertEq(Terms.dealHash(job, deal), want, "deal hash");
    }

    function testFuzz_factsHash_isThatOfTheEncoding(Head calldata head, Tail calldata tail, bytes32 result)
        external
        pure
    {
        Head memory copy = head;
        bytes32 want = keccak256(abi.encode(copy));
        vm.assertEq(Terms.factsHash(head), want, "facts hash");
        vm.assertEq(Terms.factsHash(head, result), keccak256(abi.encode(want, result)), "with a result");
        Tail memory tailCopy = tail;
        vm.assertEq(Terms.tailHash(tail), keccak256(abi.encode(tailCopy)), "tail hash");
    }

    function test_work_hashesAsTheVectorsSay() external view {
        string memory json = vm.readFile("testdata/work.json");
        Work memory work = Work(
            vm.parseJsonBytes32(json, ".work.module"),
            vm.parseJsonBytes32(json, ".work.inputs"),
            vm.parseJsonBytes32(json, ".work.needs"),
            vm.parseJsonBytes32(json, ".work.scheme"),
            vm.parseJsonBytes32(json, ".work.comparator"),
            vm.parseJsonBytes32(json, ".work.parameters"),
            vm.parseJsonBytes32(json, ".work.resultKey")
        );
        vm.assertEq(workHash(work), vm.parseJsonBytes32(json, ".work.want"), "work");
        Outputs memory outputs = Outputs(
            vm.parseJsonBytes32(json, ".outputs.plain"),
            vm.parseJsonBytes32(json, ".outputs.blob"),
            uint64(vm.parseJsonUint(json, ".outputs.size")),
            Status(vm.parseJsonUint(json, ".outputs.status")),
            vm.parseJsonBytes32(json, ".outputs.hardwareClass")
        );
        vm.assertEq(outputsHash(outputs), vm.parseJsonBytes32(json, ".outputs.want"), "outputs");
    }
}
