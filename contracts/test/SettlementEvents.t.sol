// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Facts, JobOffer, Opening, Outcome, Settling} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";
import {Vm} from "./utils/Vm.sol";

/// @notice A follower counts on one event for each change: none is missing, and none comes twice. What they say is
/// tested with the calls.
contract SettlementEventsTest is Market {
    function setUp() public override {
        super.setUp();
        vm.recordLogs();
    }

    function test_accounts_emitOneEventForEachChange() external {
        vm.getRecordedLogs();
        settlement.deposit(stranger, 7);
        _assertEvents(ISettlement.Deposited.selector, 1);
        vm.startPrank(stranger);
        settlement.withdraw(stranger, 7);
        _assertEvents(ISettlement.Withdrawn.selector, 1);
        settlement.bumpEpoch();
        _assertEvents(ISettlement.EpochBumped.selector, 1);
    }

    function test_batches_emitOneEventForEachEntry() external {
        JobOffer memory o = _offer();
        vm.getRecordedLogs();
        vm.prank(creator);
        settlement.approve(o);
        _assertEvents(ISettlement.Approved.selector, 1);
        Opening[] memory openings = new Opening[](3);
        Settling[] memory settlings = new Settling[](3);
        for (uint256 i = 0; i < 3; ++i) {
            o = _offer();
            o.nonce = uint64(2 + i);
            openings[i] = _opening(o, _deal());
            settlings[i] = _receipt(_facts(o, _deal(), RESULT), 0);
        }
        vm.prank(solver);
        settlement.open(openings);
        _assertEvents(ISettlement.Opened.selector, 3);
        settlement.settle(settlings);
        _assertEvents(ISettlement.Closed.selector, 3);
        settlement.settle(settlings);
        _assertEvents(ISettlement.Skipped.selector, 3);
    }

    function test_doubt_emitsOneEventForEachStep() external {
        Facts memory f = _open(_offer());
        vm.getRecordedLogs();
        _submit(f);
        _assertEvents(ISettlement.Submitted.selector, 1);
        _challenge(f);
        _assertEvents(ISettlement.Challenged.selector, 1);
        settlement.reveal(f, PROVIDER_SEED);
        _assertEvents(ISettlement.Drawn.selector, 1);
        _resolve(f, Outcome.Late, _votes(f, Outcome.Late, 3));
        Vm.Log[] memory logs = _logs();
        vm.assertEq(logs.length, 4, "a closing and three verdicts");
        vm.assertEq(logs[0].topics[0], ISettlement.Closed.selector, "closing");
        for (uint256 i = 1; i < logs.length; ++i) {
            vm.assertEq(logs[i].topics[0], ISettlement.VerdictGiven.selector, "verdict");
        }
    }

    /// @dev A deal that ends by its deadline, in each state, is closed with the result that came in, if any.
    function test_expire_emitsOneClosing() external {
        JobOffer memory o = _offer();
        for (uint256 step = 0; step < 4; ++step) {
            vm.warp(START);
            o.nonce = uint64(step);
            Facts memory f = _open(o);
            if (step > 0) _submit(f);
            if (step > 1) _challenge(f);
            if (step > 2) settlement.reveal(f, PROVIDER_SEED);
            vm.warp(START + 1 days);
            vm.getRecordedLogs();
            settlement.expire(f, 0);
            Vm.Log[] memory logs = _logs();
            vm.assertEq(logs.length, 1, "events");
            vm.assertEq(logs[0].topics[0], ISettlement.Closed.selector, "event");
            vm.assertEq(logs[0].topics[1], f.jobHash, "job");
            vm.assertEq(logs[0].topics[2], bytes32(uint256(uint160(creator))), "creator");
            vm.assertEq(logs[0].topics[3], bytes32(uint256(uint160(provider))), "provider");
            (, bytes32 result) = abi.decode(logs[0].data, (uint256, bytes32));
            vm.assertEq(result, step == 0 ? bytes32(0) : RESULT, "result");
        }
    }

    function _assertEvents(bytes32 want, uint256 count) private {
        Vm.Log[] memory logs = _logs();
        vm.assertEq(logs.length, count, "events");
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertEq(logs[i].topics[0], want, "event");
        }
    }

    /// @dev What the contract said since the last look, without what its token said.
    function _logs() private returns (Vm.Log[] memory own) {
        Vm.Log[] memory all = vm.getRecordedLogs();
        own = new Vm.Log[](all.length);
        uint256 n;
        for (uint256 i = 0; i < all.length; ++i) {
            if (all[i].emitter == address(settlement)) own[n++] = all[i];
        }
        assembly ("memory-safe") {
            mstore(own, n)
        }
    }
}
