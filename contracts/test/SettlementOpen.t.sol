// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {DealTerms, Facts, JobOffer, Opening, Path, Reason, Signature, State} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

contract SettlementOpenTest is Market {
    function test_open_locksPaymentAndStakes() external {
        JobOffer memory o = _offer();
        bytes32 jobHash = _jobHash(o);
        Opening[] memory list = _list(_opening(o, _deal()));
        vm.expectEmit(address(settlement));
        DealTerms memory d = _deal();
        emit ISettlement.Opened(
            jobHash, creator, provider, d.price, d.seedHash, d.epoch, d.expiry, START + SUBMIT_FOR
        );
        vm.prank(solver);
        settlement.open(list);

        vm.assertEq(_free(creator), FUNDS - PRICE - SOLVER_FEE - CREATOR_STAKE, "creator");
        vm.assertEq(_free(provider), FUNDS - PROVIDER_STAKE, "provider");
        vm.assertEq(_free(solver), SOLVER_FEE, "solver");
        (State state,, uint40 deadline,) = settlement.outcome(jobHash);
        vm.assertEq(uint256(state), uint256(State.Open), "state");
        vm.assertEq(deadline, START + SUBMIT_FOR, "deadline");
    }

    function test_open_letsAnyoneOpenATargetedOfferWithoutSolver() external {
        JobOffer memory o = _offer();
        (o.solver, o.solverFee, o.target) = (address(0), 0, provider);
        Opening[] memory list = _list(_opening(o, _deal()));
        vm.prank(stranger);
        settlement.open(list);
        _assertState(_jobHash(o), State.Open);
    }

    function test_open_skipsWhoMayNot() external {
        JobOffer memory o = _offer();
        _assertSkippedOpen(_opening(o, _deal()), provider, Reason.NotOpener);
        (o.solver, o.solverFee) = (address(0), 0);
        _assertSkippedOpen(_opening(o, _deal()), provider, Reason.NotOpener);
        o = _offer();
        o.target = stranger;
        _assertSkippedOpen(_opening(o, _deal()), solver, Reason.NotTarget);
        o.target = provider; // a named solver stays the only one who may open
        address[4] memory others = [creator, judge, provider, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            _assertSkippedOpen(_opening(o, _deal()), others[i], Reason.NotOpener);
        }
        DealTerms memory d = _deal();
        d.provider = creator;
        _assertSkippedOpen(_opening(_offer(), d), solver, Reason.SelfDeal);
    }

    function test_open_skipsBeyondExpiryAndPrice() external {
        JobOffer memory o = _offer();
        DealTerms memory d = _deal();
        o.expiry = uint40(START - 1);
        _assertSkippedOpen(_opening(o, d), solver, Reason.Stale);
        o = _offer();
        d.expiry = uint40(START - 1);
        _assertSkippedOpen(_opening(o, d), solver, Reason.Stale);
        d = _deal();
        d.price = o.maxPrice + 1;
        _assertSkippedOpen(_opening(o, d), solver, Reason.PriceTooHigh);
    }

    function test_open_acceptsTheLastSecondAndTheMaximumPrice() external {
        JobOffer memory o = _offer();
        DealTerms memory d = _deal();
        (o.expiry, d.expiry, d.price) = (uint40(START), uint40(START), o.maxPrice);
        Opening[] memory list = _list(_opening(o, d));
        vm.prank(solver);
        settlement.open(list);
        _assertState(_jobHash(o), State.Open);
    }

    function test_open_skipsStakesThatDoNotCover() external {
        JobOffer[8] memory bad;
        for (uint256 i = 0; i < bad.length; ++i) {
            bad[i] = _offer();
        }
        bad[0].mediationFee = CREATOR_STAKE + 1;
        bad[1].providerStake = MEDIATION_FEE + SOLVER_FEE - 1;
        bad[1].latePenalty = SOLVER_FEE;
        bad[2].latePenalty = SOLVER_FEE - 1;
        bad[3].latePenalty = PROVIDER_STAKE + 1;
        bad[4].auditBps = 10_001;
        (bad[5].solver, bad[5].target) = (address(0), provider);
        (bad[6].mediationFee, bad[6].solverFee) = (type(uint96).max, type(uint96).max);
        bad[6].creatorStake = type(uint96).max;
        bad[7].creatorStake = bad[7].mediationFee = type(uint96).max; // with the solver's fee more than a uint96
        for (uint256 i = 0; i < bad.length; ++i) {
            _assertSkippedOpen(_opening(bad[i], _deal()), solver, Reason.BadStakes);
        }
    }

    function test_open_acceptsStakesThatJustCover() external {
        JobOffer memory o = _offer();
        o.creatorStake = MEDIATION_FEE;
        o.providerStake = MEDIATION_FEE + SOLVER_FEE;
        o.latePenalty = SOLVER_FEE;
        o.auditBps = 10_000;
        _open(o);
    }

    function test_open_skipsWindowsOutOfBounds() external {
        uint32[2] memory badSubmit = [uint32(9), 1 days + 1];
        uint32[2] memory badWindow = [uint32(19), 2 days + 1];
        for (uint256 i = 0; i < 2; ++i) {
            JobOffer memory o = _offer();
            o.submitFor = badSubmit[i];
            _assertSkippedOpen(_opening(o, _deal()), solver, Reason.BadWindow);
            o = _offer();
            o.judgeFor = badWindow[i];
            _assertSkippedOpen(_opening(o, _deal()), solver, Reason.BadWindow);
            o = _offer();
            o.revealFor = badWindow[i];
            _assertSkippedOpen(_opening(o, _deal()), solver, Reason.BadWindow);
            o = _offer();
            o.mediateFor = badWindow[i];
            _assertSkippedOpen(_opening(o, _deal()), solver, Reason.BadWindow);
        }
    }

    function test_open_acceptsTheEndsOfTheBounds() external {
        uint32[2] memory submitFor = [uint32(10), 1 days];
        uint32[2] memory window = [uint32(20), 2 days];
        for (uint256 i = 0; i < 2; ++i) {
            JobOffer memory o = _offer();
            o.nonce = uint64(10 + i);
            (o.submitFor, o.judgeFor, o.revealFor, o.mediateFor) =
            (submitFor[i], window[i], window[i], window[i]);
            _open(o);
        }
    }

    function test_open_acceptsALatePenaltyOfTheWholeStake() external {
        JobOffer memory o = _offer();
        o.latePenalty = PROVIDER_STAKE;
        _open(o);
    }

    function test_open_skipsAFinalDeal() external {
        JobOffer memory o = _offer();
        Facts memory f = _open(o);
        settlement.settle(_list(_receipt(f, 0)));
        _assertSkippedOpen(_opening(o, _deal()), solver, Reason.WrongState);
    }

    function test_open_skipsOldAndFutureEpochs() external {
        JobOffer memory o = _offer();
        DealTerms memory d = _deal();
        o.epoch = 1;
        _assertSkippedOpen(_opening(o, d), solver, Reason.CreatorEpoch);
        d.epoch = 1;
        _assertSkippedOpen(_opening(_offer(), d), solver, Reason.ProviderEpoch);
        vm.prank(provider);
        settlement.bumpEpoch();
        _assertSkippedOpen(_opening(_offer(), _deal()), solver, Reason.ProviderEpoch);
        Opening[] memory list = _list(_opening(_offer(), d));
        vm.prank(solver);
        settlement.open(list);
        _assertState(_jobHash(_offer()), State.Open);
    }

    function test_open_skipsMissingFunds() external {
        vm.prank(creator);
        settlement.withdraw(creator, FUNDS - PRICE - SOLVER_FEE - CREATOR_STAKE + 1);
        _assertSkippedOpen(_opening(_offer(), _deal()), solver, Reason.CreatorFunds);
        settlement.deposit(creator, 1);
        vm.prank(provider);
        settlement.withdraw(provider, FUNDS - PROVIDER_STAKE + 1);
        _assertSkippedOpen(_opening(_offer(), _deal()), solver, Reason.ProviderFunds);
    }

    function test_open_skipsForeignAndBentSignatures() external {
        Opening memory o = _opening(_offer(), _deal());
        uint256[4] memory keys = [JUDGE_KEY, SOLVER_KEY, PROVIDER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            o.creatorSignature = _sign(keys[i], _jobHash(o.offer));
            _assertSkippedOpen(o, solver, Reason.CreatorSignature);
        }
        o.creatorSignature = Signature(0, 0);
        _assertSkippedOpen(o, solver, Reason.CreatorSignature);
        o = _opening(_offer(), _deal());
        keys[2] = CREATOR_KEY;
        for (uint256 i = 0; i < keys.length; ++i) {
            o.providerSignature = _sign(keys[i], _dealHash(_jobHash(o.offer), o.deal));
            _assertSkippedOpen(o, solver, Reason.ProviderSignature);
        }
        o.providerSignature = _sign(PROVIDER_KEY, _jobHash(o.offer));
        _assertSkippedOpen(o, solver, Reason.ProviderSignature);
    }

    /// @dev A signature whose r is no point recovers nothing, which must not pass for a signer of address 0.
    function test_open_skipsTheZeroSigner() external {
        Opening memory o = _opening(_offer(), _deal());
        o.deal.provider = address(0);
        o.offer.providerStake = 0;
        (o.offer.latePenalty, o.offer.mediationFee, o.offer.solverFee) = (0, 0, 0);
        o.creatorSignature = _sign(CREATOR_KEY, _jobHash(o.offer));
        o.providerSignature = Signature(bytes32(uint256(5)), bytes32(uint256(1)));
        _assertSkippedOpen(o, solver, Reason.ProviderSignature);
    }

    function test_open_skipsOnlyTheBadEntries() external {
        Opening[] memory list = new Opening[](100);
        for (uint256 i = 0; i < list.length; ++i) {
            JobOffer memory o = _offer();
            o.nonce = uint64(10 + i % 99); // the last repeats the first
            if (i == 1) o.auditBps = 10_001;
            list[i] = _opening(o, _deal());
        }
        vm.expectEmit(address(settlement));
        emit ISettlement.Skipped(_jobHash(list[1].offer), 1, Reason.BadStakes);
        vm.expectEmit(address(settlement));
        emit ISettlement.Skipped(_jobHash(list[99].offer), 99, Reason.WrongState);
        vm.prank(solver);
        settlement.open(list);
        for (uint256 i = 0; i < list.length; ++i) {
            _assertState(_jobHash(list[i].offer), i == 1 ? State.None : State.Open);
        }
        vm.assertEq(_free(provider), FUNDS - 98 * uint256(PROVIDER_STAKE), "provider locked twice");
    }

    function test_open_refusesASecondProvider() external {
        JobOffer memory o = _offer();
        _open(o);
        settlement.deposit(stranger, FUNDS);
        DealTerms memory d = _deal();
        d.provider = stranger;
        _assertSkippedOpen(_opening(o, d), solver, Reason.WrongState);
    }

    function test_approve_standsForTheCreatorsSignature() external {
        JobOffer memory o = _offer();
        bytes32 jobHash = _jobHash(o);
        vm.expectEmit(address(settlement));
        emit ISettlement.Approved(jobHash, creator);
        vm.prank(creator);
        vm.assertEq(settlement.approve(o), jobHash, "job hash");
        (State state, Path path, uint40 deadline, bytes26 digest) = settlement.outcome(jobHash);
        vm.assertEq(uint256(state), uint256(State.Approved), "state");
        vm.assertEq(uint256(path), 0, "path");
        vm.assertEq(deadline, 0, "deadline");
        vm.assertEq(digest, 0, "digest");
        Opening memory opening = _opening(o, _deal());
        opening.creatorSignature = Signature(0, 0);
        Signature memory signature = opening.providerSignature;
        opening.providerSignature = Signature(0, 0);
        _assertSkippedOpen(opening, solver, Reason.ProviderSignature);
        opening.providerSignature = signature;
        vm.prank(solver);
        settlement.open(_list(opening));
        _assertState(jobHash, State.Open);
    }

    function test_approve_dependsOnTheEpochToo() external {
        JobOffer memory o = _offer();
        vm.prank(creator);
        settlement.approve(o);
        vm.prank(creator);
        settlement.bumpEpoch();
        _assertSkippedOpen(_opening(o, _deal()), solver, Reason.CreatorEpoch);
    }

    function test_approve_revertsForOthersAndTwice() external {
        JobOffer memory o = _offer();
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OfferNotCreator.selector, stranger));
        vm.prank(stranger);
        settlement.approve(o);
        vm.prank(creator);
        settlement.approve(o);
        vm.expectPartialRevert(ISettlement.DealWrongState.selector);
        vm.prank(creator);
        settlement.approve(o);
    }

    function test_approve_cannotReopenADeal() external {
        JobOffer memory o = _offer();
        Facts memory f = _open(o);
        _assertCannotApprove(o, State.Open);
        _submit(f);
        _assertCannotApprove(o, State.Submitted);
        _challenge(f);
        _assertCannotApprove(o, State.Challenged);
        settlement.reveal(f, PROVIDER_SEED);
        _assertCannotApprove(o, State.Drawn);
        vm.warp(START + MEDIATE_FOR + 1);
        settlement.expire(f, 0);
        _assertCannotApprove(o, State.Final);
    }

    function _assertCannotApprove(JobOffer memory o, State state) private {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DealWrongState.selector, _jobHash(o), state));
        vm.prank(creator);
        settlement.approve(o);
    }
}
