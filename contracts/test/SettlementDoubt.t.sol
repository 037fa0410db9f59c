// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Draw} from "../src/libraries/Draw.sol";
import {Facts, JobOffer, Outcome, Panel, Path, Signature, State, Vote} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

/// @notice Submit, challenge, reveal and resolve: who, when, with what.
contract SettlementDoubtTest is Market {
    function test_submit_startsTheJudgesWindow() external {
        Facts memory f = _open(_offer());
        vm.warp(START + SUBMIT_FOR); // the last second
        vm.expectEmit(address(settlement));
        emit ISettlement.Submitted(f.jobHash, creator, provider, RESULT, START + SUBMIT_FOR + JUDGE_FOR);
        _submit(f);
        _assertDeadline(f, State.Submitted, START + SUBMIT_FOR + JUDGE_FOR);
    }

    function test_submit_reverts() external {
        Facts memory f = _open(_offer());
        uint256[4] memory keys = [CREATOR_KEY, JUDGE_KEY, SOLVER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            Signature memory foreign = _sign(keys[i], _resultHash(f.head.dealHash, RESULT));
            vm.expectRevert(abi.encodeWithSelector(ISettlement.DealInvalidSignature.selector, provider));
            vm.prank(provider); // whoever sends: the signature counts
            settlement.submit(f, foreign);
        }
        Facts memory other = _open(_auditedOffer(1, false));
        (other.head, f.head) = (f.head, other.head);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealFactsMismatch.selector, f.jobHash));
        _submit(f);
        (other.head, f.head) = (f.head, other.head);
        f.tail.judgeFor += 1;
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealFactsMismatch.selector, f.jobHash));
        _submit(f);
        f.tail.judgeFor -= 1;
        vm.warp(START + SUBMIT_FOR + 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealTooLate.selector, START + SUBMIT_FOR));
        _submit(f);
    }

    function test_submit_takesTheFirstResultOnly() external {
        Facts memory f = _open(_offer());
        _submit(f);
        f.resultHash = keccak256("a better one");
        vm.expectRevert(
            abi.encodeWithSelector(ISettlement.DealWrongState.selector, f.jobHash, State.Submitted)
        );
        _submit(f);
    }

    function test_challenge_startsTheProvidersWindow() external {
        Facts memory f = _open(_offer());
        _submit(f);
        vm.warp(START + JUDGE_FOR);
        uint256 deadline = START + JUDGE_FOR + REVEAL_FOR;
        vm.expectEmit(address(settlement));
        emit ISettlement.Challenged(f.jobHash, creator, provider, CREATOR_SEED, false, deadline);
        _challenge(f);
        _assertDeadline(f, State.Challenged, deadline);
    }

    function test_challenge_isAnAuditWhenTheCoinSaysSo() external {
        Facts memory f = _open(_auditedOffer(5000, true));
        _submit(f);
        vm.expectEmit(address(settlement));
        emit ISettlement.Challenged(f.jobHash, creator, provider, CREATOR_SEED, true, START + REVEAL_FOR);
        _challenge(f);
    }

    function test_challenge_reverts() external {
        Facts memory f = _open(_offer());
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealWrongState.selector, f.jobHash, State.Open));
        _challenge(f);
        _submit(f);
        address[4] memory others = [creator, solver, provider, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISettlement.DealNotJudge.selector, others[i]));
            vm.prank(others[i]);
            settlement.challenge(f, CREATOR_SEED);
        }
        vm.expectRevert(ISettlement.DealSeedMismatch.selector);
        vm.prank(judge);
        settlement.challenge(f, PROVIDER_SEED);
        vm.warp(START + JUDGE_FOR + 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealTooLate.selector, START + JUDGE_FOR));
        _challenge(f);
    }

    function test_reveal_startsTheMediatorsWindow() external {
        Facts memory f = _open(_offer());
        _submit(f);
        _challenge(f);
        vm.warp(START + REVEAL_FOR);
        uint256 deadline = START + REVEAL_FOR + MEDIATE_FOR;
        vm.expectEmit(address(settlement));
        emit ISettlement.Drawn(f.jobHash, creator, provider, PROVIDER_SEED, deadline);
        settlement.reveal(f, PROVIDER_SEED);
        _assertDeadline(f, State.Drawn, deadline);
    }

    function test_reveal_reverts() external {
        Facts memory f = _open(_offer());
        _submit(f);
        vm.expectPartialRevert(ISettlement.DealWrongState.selector);
        settlement.reveal(f, PROVIDER_SEED);
        _challenge(f);
        vm.expectRevert(ISettlement.DealSeedMismatch.selector);
        settlement.reveal(f, CREATOR_SEED);
        vm.warp(START + REVEAL_FOR + 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealTooLate.selector, START + REVEAL_FOR));
        settlement.reveal(f, PROVIDER_SEED);
    }

    function test_resolve_paysEachSignerWhateverItSaid() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Upheld, 3);
        votes[1] = _vote(f, 1, Outcome.Fraud);
        vm.warp(START + MEDIATE_FOR);
        vm.expectEmit(address(settlement));
        emit ISettlement.Closed(f.jobHash, creator, provider, Path.UpheldChallenge, RESULT);
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectEmit(address(settlement));
            emit ISettlement.VerdictGiven(
                f.jobHash, _seats(f)[i], votes[i].outcome, votes[i].transcriptHash, 33
            );
        }
        _resolve(f, Outcome.Upheld, votes);
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertEq(_free(_seats(f)[i]), 33, "mediator");
        }
    }

    function test_resolve_revertsWithoutEnoughVotes() external {
        Facts memory f = _draw(_offer());
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CaseTooFewVotes.selector, 1, 2));
        _resolve(f, Outcome.Fraud, _votes(f, Outcome.Fraud, 1));
        Vote[] memory split = _votes(f, Outcome.Fraud, 3);
        split[0] = _vote(f, 0, Outcome.Late);
        split[2] = _vote(f, 2, Outcome.Refund);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CaseTooFewVotes.selector, 1, 2));
        _resolve(f, Outcome.Fraud, split);
    }

    function test_resolve_revertsForRepeatedAndForeignSeats() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Fraud, 2);
        votes[1] = votes[0];
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CaseInvalidSeat.selector, 0));
        _resolve(f, Outcome.Fraud, votes);
        votes = _votes(f, Outcome.Fraud, 2);
        votes[1].seat = SEATS;
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CaseInvalidSeat.selector, SEATS));
        _resolve(f, Outcome.Fraud, votes);
    }

    function test_resolve_revertsForOneWhoWasNotDrawn() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Fraud, 2);
        bytes32 verdict = _verdictHash(f.head.dealHash, RESULT, Outcome.Fraud, votes[1].transcriptHash);
        address[] memory seats = _seats(f);
        address[5] memory others = [judge, creator, provider, seats[0], seats[2]];
        for (uint256 i = 0; i < others.length; ++i) {
            votes[1].signature = _sign(keyOf[others[i]], verdict);
            vm.expectRevert(abi.encodeWithSelector(ISettlement.DealInvalidSignature.selector, seats[1]));
            _resolve(f, Outcome.Fraud, votes);
        }
    }

    function test_resolve_revertsForAnAlteredVerdict() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Upheld, 2);
        votes[0].outcome = Outcome.Fraud;
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealInvalidSignature.selector, _seats(f)[0]));
        _resolve(f, Outcome.Fraud, votes);
        votes = _votes(f, Outcome.Upheld, 2);
        votes[0].transcriptHash = 0;
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealInvalidSignature.selector, _seats(f)[0]));
        _resolve(f, Outcome.Upheld, votes);
        votes = _votes(f, Outcome.None, 2);
        vm.expectRevert(ISettlement.CaseInvalidOutcome.selector);
        _resolve(f, Outcome.None, votes);
        vm.expectRevert(ISettlement.CaseInvalidOutcome.selector);
        _resolve(f, Outcome.Upheld, votes);
    }

    function test_resolve_revertsForOtherSeedsAndTooLate() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Upheld, 2);
        vm.expectRevert(ISettlement.DealSeedMismatch.selector);
        settlement.resolve(f, PROVIDER_SEED, PROVIDER_SEED, _panel(), Outcome.Upheld, votes);
        vm.expectRevert(ISettlement.DealSeedMismatch.selector);
        settlement.resolve(f, CREATOR_SEED, CREATOR_SEED, _panel(), Outcome.Upheld, votes);
        vm.warp(START + MEDIATE_FOR + 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealTooLate.selector, START + MEDIATE_FOR));
        _resolve(f, Outcome.Upheld, votes);
    }

    function test_resolve_revertsForAnotherPanel() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Upheld, 2);
        Panel memory panel = _panel();
        panel.threshold = 1;
        vm.expectRevert(ISettlement.CaseInvalidPanel.selector);
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, panel, Outcome.Upheld, votes);
    }

    /// @dev Panels that nobody should sign: they leave the deal to its deadline.
    function test_resolve_revertsForPanelsThatCannotJudge() external {
        Panel[8] memory bad;
        for (uint256 i = 0; i < bad.length; ++i) {
            bad[i] = _panel();
        }
        (bad[0].drawn, bad[0].threshold) = (0, 0);
        bad[1].drawn = uint8(PANEL_SIZE + 1);
        bad[1].threshold = uint8(PANEL_SIZE);
        (bad[2].drawn, bad[2].threshold) = (3, 1);
        (bad[3].drawn, bad[3].threshold) = (3, 4);
        (bad[6].drawn, bad[6].threshold) = (2, 1); // two outcomes could both have one vote
        (bad[7].drawn, bad[7].threshold) = (4, 2);
        bad[4].members = abi.encodePacked(members[1], members[0], members[2]);
        for (uint256 i = 0; i < 33; ++i) {
            bad[5].members = abi.encodePacked(i == 0 ? bytes("") : bad[5].members, address(uint160(i + 1)));
        }
        for (uint256 i = 0; i < bad.length; ++i) {
            JobOffer memory o = _offer();
            o.nonce = uint64(100 + i);
            o.panel = _panelHash(bad[i]);
            Facts memory f = _draw(o);
            vm.expectRevert(ISettlement.CaseInvalidPanel.selector);
            settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, bad[i], Outcome.Upheld, new Vote[](0));
        }
    }

    /// @dev The largest panel, all of it drawn, all of it needed.
    function test_resolve_takesTheLargestPanel() external {
        delete members;
        Panel memory panel = Panel("", 32, 32);
        for (uint160 i = 1; i <= 32; ++i) {
            address member = vm.addr(i);
            keyOf[member] = i;
            _join(member);
        }
        panel.members = _panel().members;
        JobOffer memory o = _offer();
        o.panel = _panelHash(panel);
        Facts memory f = _draw(o);
        bytes32 seed = keccak256(abi.encode(CREATOR_SEED, PROVIDER_SEED, f.head.dealHash));
        address[] memory seats = Draw.seats(seed, members, 32);
        bytes32 verdict = _verdictHash(f.head.dealHash, RESULT, Outcome.Fraud, 0);
        Vote[] memory votes = new Vote[](32);
        for (uint256 i = 0; i < 32; ++i) {
            votes[i] = Vote(uint8(i), Outcome.Fraud, 0, _sign(keyOf[seats[i]], verdict));
        }
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, panel, Outcome.Fraud, votes);
        _assertPath(f.jobHash, Path.Fraud);
        vm.assertEq(_free(members[7]), 3, "a 32nd of the fee");
    }

    function test_resolve_takesVotesWithGaps() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Fraud, 2);
        votes[1] = _vote(f, 2, Outcome.Fraud);
        _resolve(f, Outcome.Fraud, votes);
        vm.assertEq(_free(_seats(f)[1]), 0, "who said nothing");
        vm.assertEq(_free(_seats(f)[2]), 33, "who voted");
    }

    function test_resolve_revertsForVotesOutOfOrder() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Fraud, 2);
        (votes[0], votes[1]) = (votes[1], votes[0]);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CaseInvalidSeat.selector, 0));
        _resolve(f, Outcome.Fraud, votes);
    }

    function test_calls_revertForForeignHeads() external {
        Facts memory f = _open(_offer());
        bytes memory mismatch = abi.encodeWithSelector(ISettlement.DealFactsMismatch.selector, f.jobHash);
        _submit(f);
        f.head.price += 1;
        vm.expectRevert(mismatch);
        _challenge(f);
        f.head.price -= 1;
        _challenge(f);
        f.head.provider = stranger;
        vm.expectRevert(mismatch);
        settlement.reveal(f, PROVIDER_SEED);
        f.head.provider = provider;
        settlement.reveal(f, PROVIDER_SEED);
        Vote[] memory votes = _votes(f, Outcome.Fraud, 2);
        f.head.creatorStake += 1;
        vm.expectRevert(mismatch);
        _resolve(f, Outcome.Fraud, votes);
        vm.warp(START + MEDIATE_FOR + 1);
        vm.expectRevert(mismatch);
        settlement.expire(f, CREATOR_SEED);
    }

    function test_calls_revertForForeignTails() external {
        Facts memory f = _open(_offer());
        bytes memory mismatch = abi.encodeWithSelector(ISettlement.DealFactsMismatch.selector, f.jobHash);
        _submit(f);
        f.tail.revealFor -= 1;
        vm.expectRevert(mismatch);
        _challenge(f);
        f.tail.revealFor += 1;
        _challenge(f);
        f.tail.mediateFor -= 1;
        vm.expectRevert(mismatch);
        settlement.reveal(f, PROVIDER_SEED);
        f.tail.mediateFor += 1;
        settlement.reveal(f, PROVIDER_SEED);
        Vote[] memory votes = _votes(f, Outcome.Fraud, 2);
        f.tail.mediationFee += 1;
        vm.expectRevert(mismatch);
        _resolve(f, Outcome.Fraud, votes);
        vm.warp(START + MEDIATE_FOR + 1);
        vm.expectRevert(mismatch);
        settlement.expire(f, CREATOR_SEED);
    }

    function test_expire_needsNoSeedWithoutAudits() external {
        Facts memory f = _draw(_offer());
        vm.warp(START + MEDIATE_FOR + 1);
        settlement.expire(f, 0);
        _assertPath(f.jobHash, Path.NoVerdictChallenge);
    }

    function test_expire_waitsForEachDeadline() external {
        Facts memory f = _open(_offer());
        _assertTooEarly(f, START + SUBMIT_FOR);
        vm.warp(START);
        _submit(f);
        _assertTooEarly(f, START + JUDGE_FOR);
        vm.warp(START);
        _challenge(f);
        _assertTooEarly(f, START + REVEAL_FOR);
        vm.warp(START);
        settlement.reveal(f, PROVIDER_SEED);
        _assertTooEarly(f, START + MEDIATE_FOR);
    }

    function test_expire_revertsForNoDealAndFinalOnes() external {
        Facts memory f = _facts(_offer(), _deal(), RESULT);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealWrongState.selector, f.jobHash, State.None));
        settlement.expire(f, 0);
        vm.prank(creator);
        settlement.approve(_offer());
        vm.expectRevert(
            abi.encodeWithSelector(ISettlement.DealWrongState.selector, f.jobHash, State.Approved)
        );
        settlement.expire(f, 0);
        _open(_offer());
        settlement.settle(_list(_receipt(f, 0)));
        vm.warp(START + 10 days);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealWrongState.selector, f.jobHash, State.Final));
        settlement.expire(f, 0);
    }

    function test_expire_revertsForForeignFactsAndSeed() external {
        Facts memory f = _draw(_auditedOffer(5000, true));
        vm.warp(START + MEDIATE_FOR + 1);
        vm.expectRevert(ISettlement.DealSeedMismatch.selector);
        settlement.expire(f, 0);
        f.tail.solverFee += 1;
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealFactsMismatch.selector, f.jobHash));
        settlement.expire(f, CREATOR_SEED);
    }

    function _assertTooEarly(Facts memory f, uint256 deadline) private {
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealTooEarly.selector, deadline));
        settlement.expire(f, 0);
    }

    function _assertDeadline(Facts memory f, State want, uint256 deadline) private view {
        (State state,, uint40 got,) = settlement.outcome(f.jobHash);
        vm.assertEq(uint256(state), uint256(want), "state");
        vm.assertEq(got, deadline, "deadline");
    }
}
