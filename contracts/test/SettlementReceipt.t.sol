// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Facts, JobOffer, Path, Reason, Settling, State} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

contract SettlementReceiptTest is Market {
    function test_settle_paysTheFullPrice() external {
        Facts memory f = _open(_offer());
        vm.expectEmit(address(settlement));
        emit ISettlement.Closed(f.jobHash, creator, provider, Path.Receipt, RESULT);
        vm.prank(stranger);
        settlement.settle(_list(_receipt(f, 0)));

        vm.assertEq(_free(creator), FUNDS - PRICE - SOLVER_FEE, "creator");
        vm.assertEq(_free(provider), FUNDS + PRICE, "provider");
        vm.assertEq(_free(solver), SOLVER_FEE, "solver");
        vm.assertEq(_free(sink), 0, "sink");
        (,, uint40 deadline, bytes26 digest) = settlement.outcome(f.jobHash);
        vm.assertEq(deadline, 0, "deadline");
        vm.assertEq(digest, bytes26(RESULT), "result");
    }

    function test_settle_worksUntilMediatorsAreDrawn() external {
        JobOffer memory o = _offer();
        for (uint256 step = 0; step < 3; ++step) {
            o.nonce = uint64(step);
            Facts memory f = _open(o);
            if (step > 0) _submit(f);
            if (step > 1) _challenge(f);
            vm.warp(vm.getBlockTimestamp() + 10 days); // a receipt has no deadline
            settlement.settle(_list(_receipt(f, 0)));
            _assertPath(f.jobHash, Path.Receipt);
            o = _offer();
        }
        o.nonce = 3;
        Facts memory drawn = _draw(o);
        _assertSkippedSettle(_receipt(drawn, 0), Reason.WrongState);
    }

    function test_settle_skipsTheSecondTime() external {
        Facts memory f = _open(_offer());
        Settling[] memory twice = new Settling[](2);
        twice[0] = twice[1] = _receipt(f, 0);
        vm.expectEmit(address(settlement));
        emit ISettlement.Skipped(f.jobHash, 1, Reason.WrongState);
        settlement.settle(twice);
        vm.assertEq(_free(provider), FUNDS + PRICE, "provider");
    }

    function test_settle_skipsOnlyTheBadEntries() external {
        Settling[] memory list = new Settling[](100);
        for (uint256 i = 0; i < list.length; ++i) {
            JobOffer memory o = _offer();
            o.nonce = uint64(10 + i);
            list[i] = _receipt(_open(o), 0);
        }
        list[1].head.price += 1;
        vm.expectEmit(address(settlement));
        emit ISettlement.Skipped(list[1].jobHash, 1, Reason.FactsMismatch);
        settlement.settle(list);
        for (uint256 i = 0; i < list.length; ++i) {
            _assertState(list[i].jobHash, i == 1 ? State.Open : State.Final);
        }
        vm.assertEq(_free(provider), FUNDS + 99 * uint256(PRICE) - PROVIDER_STAKE, "provider");
    }

    function test_settle_skipsUnknownDealsAndForeignFacts() external {
        Facts memory f = _facts(_offer(), _deal(), RESULT);
        _assertSkippedSettle(_receipt(f, 0), Reason.WrongState);
        f = _open(_offer());
        Settling memory s = _receipt(f, 0);
        s.head.price = PRICE + 1;
        _assertSkippedSettle(s, Reason.FactsMismatch);
        s = _receipt(f, 0);
        s.head.judge = stranger;
        _assertSkippedSettle(s, Reason.FactsMismatch);
    }

    function test_settle_skipsAnotherResultThanTheSubmittedOne() external {
        Facts memory f = _open(_offer());
        _submit(f);
        Facts memory other = _facts(_offer(), _deal(), keccak256("another"));
        _assertSkippedSettle(_receipt(other, 0), Reason.FactsMismatch);
        _challenge(f);
        _assertSkippedSettle(_receipt(other, 0), Reason.FactsMismatch);
    }

    function test_settle_skipsUnlessTheJudgeSigned() external {
        Facts memory f = _open(_offer());
        Settling memory s = _receipt(f, 0);
        uint256[4] memory keys = [CREATOR_KEY, SOLVER_KEY, PROVIDER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            s.judgeSignature = _sign(keys[i], _receiptHash(f.head.dealHash, RESULT, 0));
            _assertSkippedSettle(s, Reason.JudgeSignature);
        }
        address[3] memory senders = [creator, judge, provider]; // whoever sends: the signature counts
        for (uint256 i = 0; i < senders.length; ++i) {
            vm.prank(senders[i]);
            settlement.settle(_list(s));
            _assertState(f.jobHash, State.Open);
        }
        s.judgeSignature = _sign(JUDGE_KEY, _receiptHash(f.head.dealHash, keccak256("another"), 0));
        _assertSkippedSettle(s, Reason.JudgeSignature);
        s.judgeSignature = _sign(JUDGE_KEY, _resultHash(f.head.dealHash, RESULT));
        _assertSkippedSettle(s, Reason.JudgeSignature);
    }

    function test_settle_needsTheSeedWhenTheDealHasAudits() external {
        Facts memory f = _open(_auditedOffer(5000, false));
        _assertSkippedSettle(_receipt(f, 0), Reason.SeedMismatch);
        settlement.settle(_list(_receipt(f, CREATOR_SEED)));
        _assertPath(f.jobHash, Path.Receipt);
    }

    function test_settle_refusesADealThatMustBeAudited() external {
        Facts memory f = _open(_auditedOffer(5000, true));
        _assertSkippedSettle(_receipt(f, CREATOR_SEED), Reason.AuditDue);
        _submit(f);
        _assertSkippedSettle(_receipt(f, CREATOR_SEED), Reason.AuditDue);
        _challenge(f);
        _assertSkippedSettle(_receipt(f, CREATOR_SEED), Reason.AuditDue);
    }

    function test_settle_audits10000AreAllAndZeroAreNone() external {
        JobOffer memory o = _offer();
        o.auditBps = 10_000;
        Facts memory f = _open(o);
        _assertSkippedSettle(_receipt(f, CREATOR_SEED), Reason.AuditDue);
        o.auditBps = 0;
        f = _open(o);
        settlement.settle(_list(_receipt(f, CREATOR_SEED)));
        _assertState(f.jobHash, State.Final);
    }
}
