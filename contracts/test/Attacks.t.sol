// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Settlement} from "../src/Settlement.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Draw} from "../src/libraries/Draw.sol";
import {
    Bounds,
    DealTerms,
    Facts,
    JobOffer,
    Opening,
    Outcome,
    Panel,
    Path,
    Reason,
    Settling,
    Signature,
    State,
    Vote
} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

/// @notice One test for each known way to cheat: the cheat is tried, and must not pay.
contract AttacksTest is Market {
    /// @dev A receipt names no amount; whatever the judge signs, the provider gets the whole price.
    function test_attack_zeroPaymentReceipt() external {
        Facts memory f = _open(_offer());
        Settling memory s = _receipt(f, 0);
        s.head.price = 0;
        _assertSkippedSettle(s, Reason.FactsMismatch);
        s.head.price = PRICE;
        settlement.settle(_list(s));
        vm.assertEq(_free(provider), FUNDS + PRICE, "provider");
    }

    /// @dev The draw hangs on a seed that is secret until the challenge is on chain, and backing out after it
    /// without cause costs the stake.
    function test_attack_selectiveChallenge() external {
        Facts memory f = _open(_offer());
        _submit(f);
        _challenge(f);
        bytes32 known = keccak256(abi.encode(CREATOR_SEED, bytes32(0), f.head.dealHash));
        address[] memory guess = Draw.seats(known, members, SEATS);
        vm.assertTrue(
            keccak256(abi.encode(guess)) != keccak256(abi.encode(_seats(f))), "the draw ignores the provider"
        );
        settlement.reveal(f, PROVIDER_SEED);
        _resolve(f, Outcome.Upheld, _votes(f, Outcome.Upheld, 2));
        vm.assertEq(_free(creator), FUNDS - PRICE - SOLVER_FEE - CREATOR_STAKE, "a false alarm is free");
    }

    /// @dev An untargeted offer is no cheque that any provider may fill in at the maximum price.
    function test_attack_blankCheque() external {
        JobOffer memory o = _offer();
        DealTerms memory d = _deal();
        d.price = o.maxPrice;
        _assertSkippedOpen(_opening(o, d), provider, Reason.NotOpener);
        (o.solver, o.solverFee) = (address(0), 0);
        _assertSkippedOpen(_opening(o, d), provider, Reason.NotOpener);
    }

    /// @dev The creator withholds inputs: it gains nothing but the solver's fee back, and the provider loses the
    /// late penalty alone.
    function test_attack_inputWithholding() external {
        Facts memory f = _open(_offer());
        vm.warp(START + SUBMIT_FOR + 1);
        settlement.expire(f, 0);
        vm.assertEq(_free(creator), FUNDS, "creator");
        vm.assertEq(_free(provider), FUNDS - LATE_PENALTY, "provider");
    }

    /// @dev Silence does not spare the creator an audit.
    function test_attack_auditDodge() external {
        Facts memory f = _open(_auditedOffer(5000, true));
        _submit(f);
        _assertSkippedSettle(_receipt(f, 0), Reason.SeedMismatch);
        vm.warp(START + JUDGE_FOR + 1);
        settlement.expire(f, 0);
        vm.assertEq(_free(creator), FUNDS - PRICE - SOLVER_FEE - CREATOR_STAKE, "creator");
    }

    /// @dev Garbage handed over first stays the one result: the creator posts it, and the true one comes too late.
    function test_attack_cheatFirstAndWorkIfAudited() external {
        Facts memory f = _open(_auditedOffer(5000, true));
        f.resultHash = keccak256("garbage");
        Signature memory s = _sign(PROVIDER_KEY, _resultHash(f.head.dealHash, f.resultHash));
        vm.prank(creator);
        settlement.submit(f, s);
        f.resultHash = RESULT;
        vm.expectPartialRevert(ISettlement.DealWrongState.selector);
        _submit(f);
    }

    function test_attack_singleMediatorVeto() external {
        Facts memory f = _draw(_offer());
        Vote[] memory votes = _votes(f, Outcome.Fraud, 3);
        votes[2] = _vote(f, 2, Outcome.Upheld);
        _resolve(f, Outcome.Fraud, votes);
        _assertPath(f.jobHash, Path.Fraud);
    }

    /// @dev A provider that delivers only when challenged is late: paid, but it shares the mediation with a creator
    /// that may have lied.
    function test_attack_nonDeliveryBothWays() external {
        Facts memory f = _draw(_offer());
        _resolve(f, Outcome.Late, _votes(f, Outcome.Late, 2));
        vm.assertEq(_free(provider), FUNDS + PRICE - 33, "provider");
        vm.assertEq(_free(creator), FUNDS - PRICE - SOLVER_FEE - 33, "creator");
    }

    /// @dev Refusing to reveal is no way out of a panel one dislikes.
    function test_attack_abortedReveal() external {
        Facts memory f = _open(_offer());
        _submit(f);
        _challenge(f);
        vm.warp(START + REVEAL_FOR + 1);
        settlement.expire(f, 0);
        vm.assertEq(_free(provider), FUNDS - PROVIDER_STAKE, "provider");
        vm.assertEq(_free(creator), FUNDS, "creator");
    }

    /// @dev Stakes cannot be promised twice.
    function test_attack_overCommitment() external {
        vm.prank(provider);
        settlement.withdraw(provider, FUNDS - PROVIDER_STAKE);
        JobOffer memory o = _offer();
        _open(o);
        ++o.nonce;
        _assertSkippedOpen(_opening(o, _deal()), solver, Reason.ProviderFunds);
    }

    /// @dev The receipt in the provider's hands beats a challenge after it.
    function test_attack_receiptThenChallenge() external {
        Facts memory f = _open(_offer());
        Settling memory receipt = _receipt(f, 0);
        _submit(f);
        _challenge(f);
        settlement.settle(_list(receipt));
        _assertPath(f.jobHash, Path.Receipt);
    }

    /// @dev The provider, shown the seed by a receipt, cannot challenge in the judge's name.
    function test_attack_challengeWithTheReceiptsSeed() external {
        Facts memory f = _open(_auditedOffer(5000, false));
        _submit(f);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealNotJudge.selector, provider));
        vm.prank(provider);
        settlement.challenge(f, CREATOR_SEED);
    }

    /// @dev Solver and provider in one hand lose more by a deal that is never served than the solver's fee.
    function test_attack_solverFarmsItsFee() external {
        JobOffer memory o = _offer();
        o.latePenalty = SOLVER_FEE - 1;
        _assertSkippedOpen(_opening(o, _deal()), solver, Reason.BadStakes);
        Facts memory f = _open(_offer());
        vm.warp(START + SUBMIT_FOR + 1);
        settlement.expire(f, 0);
        vm.assertLe(_free(provider) + _free(solver), FUNDS, "gain");
        vm.assertEq(_free(creator), FUNDS, "creator");
    }

    /// @dev Creator, judge and solver are one.
    function test_attack_aliasing() external {
        JobOffer memory o = _offer();
        (o.judge, o.solver, solver, judge) = (creator, creator, creator, creator);
        keyOf[creator] = CREATOR_KEY;
        Facts memory f = _draw(o);
        vm.assertEq(_free(creator), FUNDS - PRICE - CREATOR_STAKE, "the solver's fee comes back at once");
        uint256 before = _total();
        _resolve(f, Outcome.Fraud, _votes(f, Outcome.Fraud, 3));
        vm.assertEq(_total(), before + PRICE + CREATOR_STAKE + PROVIDER_STAKE, "money made or lost");
    }

    /// @dev The provider is also the solver and the one mediator of the panel: each share is added once.
    function test_attack_aliasingOfTheProvider() external {
        delete members;
        members.push(provider);
        JobOffer memory o = _offer();
        (o.panel, o.solver, solver) = (keccak256(abi.encode(_membersHash(), 1, 1)), provider, provider);
        Facts memory f = _draw(o);
        vm.assertEq(_free(provider), FUNDS - PROVIDER_STAKE + SOLVER_FEE, "solver's fee");
        Vote[] memory votes = new Vote[](1);
        bytes32 verdict = _verdictHash(f.head.dealHash, RESULT, Outcome.Late, 0);
        votes[0] = Vote(0, Outcome.Late, 0, _sign(PROVIDER_KEY, verdict));
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, _panelOf(1, 1), Outcome.Late, votes);
        vm.assertEq(_free(provider), FUNDS + PRICE - 50 + MEDIATION_FEE + SOLVER_FEE, "shares");
    }

    /// @dev The creator owns the sink: what it forfeits and what it gets back are added one after the other.
    function test_attack_aliasingOfTheSink() external {
        settlement = new Settlement(token, creator, Bounds(10, 1 days, 20, 2 days));
        token.approve(address(settlement), type(uint256).max);
        settlement.deposit(creator, FUNDS);
        settlement.deposit(provider, FUNDS);
        Facts memory f = _open(_offer());
        vm.warp(START + SUBMIT_FOR + 1);
        settlement.expire(f, 0);
        vm.assertEq(_free(creator), FUNDS + LATE_PENALTY - SOLVER_FEE, "creator and sink");
        vm.assertEq(_free(provider), FUNDS - LATE_PENALTY, "provider");
    }

    /// @dev Creator, provider and solver are the whole panel, and the sink is the provider's: nobody's share is lost
    /// or counted twice.
    function test_attack_aliasingOfAll() external {
        settlement = new Settlement(token, provider, Bounds(10, 1 days, 20, 2 days));
        token.approve(address(settlement), type(uint256).max);
        settlement.deposit(creator, FUNDS);
        settlement.deposit(provider, FUNDS);
        delete members;
        _join(creator);
        _join(provider);
        _join(solver);
        Facts memory f = _draw(_offer());
        _resolve(f, Outcome.Upheld, _votes(f, Outcome.Upheld, 3));
        vm.assertEq(_free(creator), FUNDS - PRICE - CREATOR_STAKE - SOLVER_FEE + 33, "creator");
        vm.assertEq(_free(provider), FUNDS + PRICE + CREATOR_STAKE - 99 + 33, "provider and sink");
        vm.assertEq(_free(solver), SOLVER_FEE + 33, "solver");
    }

    /// @dev The creator takes the result and never signs: the deadline pays the provider.
    function test_attack_creatorNeverSigns() external {
        Facts memory f = _open(_offer());
        _submit(f);
        vm.warp(START + JUDGE_FOR + 1);
        vm.prank(provider);
        settlement.expire(f, 0);
        vm.assertEq(_free(provider), FUNDS + PRICE, "provider");
    }

    /// @dev Mediators of the accuser's choice, of one mind, in place of those that both sides signed.
    function test_attack_foreignPanel() external {
        Facts memory f = _draw(_offer());
        Panel memory agreed = _panel();
        delete members;
        for (uint256 i = 0; i < SEATS; ++i) {
            address friend = vm.addr(0xF0 + i);
            keyOf[friend] = 0xF0 + i;
            _join(friend);
        }
        Panel memory friends = _panel();
        Vote[] memory votes = _votes(f, Outcome.Fraud, SEATS);
        vm.expectRevert(ISettlement.CaseInvalidPanel.selector);
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, friends, Outcome.Fraud, votes);
        (friends.members, friends.drawn) = (agreed.members, 1);
        friends.threshold = 1;
        vm.expectRevert(ISettlement.CaseInvalidPanel.selector);
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, friends, Outcome.Fraud, votes);
    }

    /// @dev Accuser and panel in one hand: the stake they slash goes to the sink, not to them.
    function test_attack_lootedStake() external {
        Facts memory f = _draw(_offer());
        _resolve(f, Outcome.Fraud, _votes(f, Outcome.Fraud, 3));
        vm.assertEq(_free(creator), FUNDS, "the accuser is made whole");
        vm.assertEq(_free(_seats(f)[0]), 33, "a mediator has its fee");
        vm.assertEq(_free(sink), PROVIDER_STAKE - 99 - SOLVER_FEE, "sink");
    }

    function test_attack_duplicateEntriesInABatch() external {
        Opening[] memory twice = new Opening[](2);
        twice[0] = twice[1] = _opening(_offer(), _deal());
        vm.prank(solver);
        settlement.open(twice);
        vm.assertEq(_free(provider), FUNDS - PROVIDER_STAKE, "locked twice");
        vm.assertEq(_free(solver), SOLVER_FEE, "paid twice");
    }

    /// @dev Nobody can take a job's place by approving another's offer.
    function test_attack_approveSquatting() external {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OfferNotCreator.selector, stranger));
        vm.prank(stranger);
        settlement.approve(_offer());
        _open(_offer());
    }

    function test_attack_hundredYearWindows() external {
        JobOffer memory o = _offer();
        o.mediateFor = 100 * 365 days;
        _assertSkippedOpen(_opening(o, _deal()), solver, Reason.BadWindow);
    }

    /// @dev Somebody sends the permit first: the deposit goes through all the same.
    function test_attack_permitFrontRun() external {
        token.transfer(stranger, 100);
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 permit = keccak256(abi.encode(typeHash, stranger, address(settlement), 100, 0, START));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), permit));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(STRANGER_KEY, digest);
        token.permit(stranger, address(settlement), 100, START, v, r, s);
        vm.prank(stranger);
        settlement.depositWithPermit(100, START, v, r, s);
        vm.assertEq(_free(stranger), 100, "account");
    }

    /// @dev The provider copies the creator's commitment, hoping to reveal the creator's seed as its own.
    function test_attack_seedCopying() external {
        JobOffer memory o = _offer();
        DealTerms memory d = _deal();
        d.seedHash = o.seedHash;
        vm.prank(solver);
        settlement.open(_list(_opening(o, d)));
        Facts memory f = _facts(o, d, RESULT);
        _submit(f);
        _challenge(f);
        vm.expectRevert(ISettlement.DealSeedMismatch.selector);
        settlement.reveal(f, CREATOR_SEED);
    }

    function test_attack_epochBumpBeforeOpen() external {
        Opening[] memory batch = new Opening[](2);
        batch[0] = _opening(_offer(), _deal());
        settlement.deposit(stranger, FUNDS);
        JobOffer memory o = _offer();
        (o.creator, o.nonce) = (stranger, 2);
        batch[1] = _opening(o, _deal());
        vm.prank(creator);
        settlement.bumpEpoch();
        vm.prank(solver);
        settlement.open(batch);
        _assertState(_jobHash(batch[0].offer), State.None);
        _assertState(_jobHash(o), State.Open);
    }

    /// @dev Terms signed for one chain or contract are nothing on another.
    function test_attack_replayOnAnotherChain() external {
        Opening memory o = _opening(_offer(), _deal());
        vm.chainId(99);
        _assertSkippedOpen(o, solver, Reason.CreatorSignature);
    }

    function _total() private view returns (uint256 total) {
        total = _free(creator) + _free(provider) + _free(sink);
        for (uint256 i = 0; i < members.length; ++i) {
            total += _free(members[i]);
        }
    }

    function _membersHash() private view returns (bytes32) {
        return keccak256(_panel().members);
    }

    function _panelOf(uint8 k, uint8 t) private view returns (Panel memory panel) {
        panel = _panel();
        (panel.drawn, panel.threshold) = (k, t);
    }
}
