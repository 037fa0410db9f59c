// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DealWord, packFinal, packWord} from "../src/types/DealWord.sol";
import {Path, State} from "../src/types/Terms.sol";
import {Test} from "./utils/Test.sol";

contract DealWordTest is Test {
    function testFuzz_packWord_keepsEachPart(uint8 rawState, uint40 deadline, bytes32 facts) external pure {
        State state = State(_between(rawState, 0, uint256(State.Drawn)));
        DealWord word = packWord(state, deadline, facts);
        vm.assertEq(uint256(word.state()), uint256(state), "state");
        vm.assertEq(word.deadline(), deadline, "deadline");
        vm.assertEq(word.digest(), bytes26(facts), "digest");
        vm.assertTrue(word.holds(facts), "facts");
        uint256 want = uint256(state) << 248 | uint256(deadline) << 208 | uint256(facts) >> 48;
        vm.assertEq(DealWord.unwrap(word), want, "layout");
    }

    function testFuzz_holds_refusesOtherFacts(bytes32 facts, uint8 bit) external pure {
        bytes32 other = facts ^ bytes32(uint256(1) << _between(bit, 48, 255));
        vm.assertTrue(!packWord(State.Open, 1, facts).holds(other), "other facts pass");
    }

    function testFuzz_packFinal_keepsPathAndResult(uint8 rawPath, bytes32 result) external pure {
        Path path = Path(_between(rawPath, 0, uint256(type(Path).max)));
        DealWord word = packFinal(path, result);
        vm.assertEq(uint256(word.state()), uint256(State.Final), "state");
        vm.assertEq(word.deadline(), uint256(path), "path");
        vm.assertEq(word.digest(), bytes26(result), "result");
    }
}
