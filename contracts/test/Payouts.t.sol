// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Payouts} from "../src/libraries/Payouts.sol";
import {Outcome, Path} from "../src/types/Terms.sol";
import {Test} from "./utils/Test.sol";

contract PayoutsTest is Test {
    function testFuzz_split_handsOutAllThatWasLocked(uint8 rawPath, uint256[6] memory x) external pure {
        Path path = Path(_between(rawPath, uint256(Path.Receipt), uint256(type(Path).max)));
        Payouts.Amounts memory a = _terms(x);
        Payouts.Split memory s = Payouts.split(path, a);
        uint256 out = s.provider + s.creator + s.sink + (_ofVerdict(path) ? a.fees : 0);
        vm.assertEq(out, a.price + a.creatorStake + a.providerStake, "shares are not what was locked");
    }

    function testFuzz_split_givesNobodyMoreThanWhole(uint8 rawPath, uint256[6] memory x) external pure {
        Path path = Path(_between(rawPath, uint256(Path.Receipt), uint256(type(Path).max)));
        Payouts.Amounts memory a = _terms(x);
        Payouts.Split memory s = Payouts.split(path, a);
        vm.assertLe(s.provider, a.price + a.providerStake, "provider gains beyond the price");
        vm.assertLe(s.creator, a.price + a.creatorStake + a.solverFee, "creator gains beyond what it paid");
    }

    function test_pathOf_namesEachOutcome() external pure {
        Path[4] memory challenged = [Path.UpheldChallenge, Path.Late, Path.Refund, Path.Fraud];
        Path[4] memory audited = [Path.UpheldAudit, Path.Late, Path.Refund, Path.Fraud];
        for (uint256 i = 0; i < 4; ++i) {
            Outcome outcome = Outcome(i + 1);
            vm.assertEq(uint256(Payouts.pathOf(outcome, false)), uint256(challenged[i]), "challenge");
            vm.assertEq(uint256(Payouts.pathOf(outcome, true)), uint256(audited[i]), "audit");
        }
    }

    /// @dev Were Settlement ever to ask for the row of no path, nothing must be paid.
    function test_split_refusesNoPathAndNoOutcome() external {
        Payouts.Amounts memory a;
        vm.expectPartialRevert(0x4e487b71); // Panic
        this.split(Path.None, a);
        vm.expectPartialRevert(0x4e487b71);
        this.pathOf(Outcome.None);
    }

    function split(Path path, Payouts.Amounts calldata a) external pure returns (Payouts.Split memory) {
        return Payouts.split(path, a);
    }

    function pathOf(Outcome outcome) external pure returns (Path) {
        return Payouts.pathOf(outcome, false);
    }

    /// @dev Any terms that Settlement would open.
    function _terms(uint256[6] memory x) private pure returns (Payouts.Amounts memory a) {
        a.price = _between(x[0], 0, type(uint80).max);
        a.creatorStake = _between(x[1], 0, type(uint96).max);
        a.providerStake = _between(x[2], 0, type(uint96).max);
        uint256 room = a.creatorStake < a.providerStake ? a.creatorStake : a.providerStake;
        uint256 fee = _between(x[3], 0, room);
        a.solverFee = _between(x[4], 0, a.providerStake - fee);
        a.latePenalty = _between(x[5], a.solverFee, a.providerStake);
        a.fees = fee;
    }

    function _ofVerdict(Path path) private pure returns (bool) {
        return path >= Path.UpheldChallenge && path <= Path.Fraud;
    }
}
