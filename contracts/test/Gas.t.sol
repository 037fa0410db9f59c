// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    DealTerms,
    Facts,
    JobOffer,
    Opening,
    Outcome,
    Panel,
    Settling,
    Signature,
    Vote
} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

/// @notice What transactions cost, calldata and all, on warm accounts. Run with FOUNDRY_PROFILE=gas: each call is
/// then a transaction of its own, and its cost is kept in snapshots/Gas.json.
contract GasTest is Market {
    uint256 private constant BATCH = 98; // settlement.MaxBatch of the Go client

    function setUp() public override {
        super.setUp();
        settlement.deposit(solver, 1); // as after its first deal
        settlement.deposit(sink, 1);
        for (uint256 i = 0; i < members.length; ++i) {
            settlement.deposit(members[i], 1);
        }
    }

    function test_gas_single() external {
        JobOffer memory o = _typical();
        uint256 opened = _openAll(_list(_opening(o, _typicalDeal())), "open one");
        uint256 settled = _settleAll(_list(_receipt(_typicalFacts(o), 0)), "settle one");
        vm.assertLe(opened + settled, 150_000, "open and settle");
    }

    function test_gas_batchOfOnePair() external {
        Opening[] memory openings = new Opening[](BATCH);
        Settling[] memory settlings = new Settling[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            JobOffer memory o = _typical();
            o.nonce = uint64(i);
            openings[i] = _opening(o, _typicalDeal());
            settlings[i] = _receipt(_typicalFacts(o), 0);
        }
        uint256 opened = _openAll(openings, "open 98 of one pair");
        uint256 settled = _settleAll(settlings, "settle 98 of one pair");
        vm.assertLe((opened + settled) / BATCH, 70_000, "open and settle");
    }

    function test_gas_batchOfDistinctPairs() external {
        Opening[] memory openings = new Opening[](BATCH);
        Settling[] memory settlings = new Settling[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            (creator, provider) = (vm.addr(1000 + i), vm.addr(2000 + i));
            (keyOf[creator], keyOf[provider]) = (1000 + i, 2000 + i);
            settlement.deposit(creator, 1e24);
            settlement.deposit(provider, 1e24);
            JobOffer memory o = _typical();
            openings[i] = _opening(o, _typicalDeal());
            settlings[i] = _receipt(_typicalFacts(o), 0);
        }
        uint256 opened = _openAll(openings, "open 98 of distinct pairs");
        uint256 settled = _settleAll(settlings, "settle 98 of distinct pairs");
        vm.assertLe((opened + settled) / BATCH, 90_000, "open and settle");
    }

    function test_gas_doubt() external {
        JobOffer memory o = _typical();
        _openAll(_list(_opening(o, _typicalDeal())), "open one");
        Facts memory f = _typicalFacts(o);
        Signature memory signature = _sign(keyOf[provider], _resultHash(f.head.dealHash, RESULT));
        settlement.submit(f, signature);
        vm.assertLe(vm.snapshotGasLastCall("Gas", "submit"), 45_000, "submit");
        vm.prank(judge);
        settlement.challenge(f, CREATOR_SEED);
        uint256 challenged = vm.snapshotGasLastCall("Gas", "challenge");
        vm.assertLe(challenged, 45_000, "challenge");
        settlement.reveal(f, PROVIDER_SEED);
        uint256 revealed = vm.snapshotGasLastCall("Gas", "reveal");
        vm.assertLe(revealed, 45_000, "reveal");
        Vote[] memory votes = _votes(f, Outcome.Upheld, 3);
        Panel memory panel = _panel();
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, panel, Outcome.Upheld, votes);
        uint256 resolved = vm.snapshotGasLastCall("Gas", "resolve, 3 votes of 16");
        vm.assertLe(challenged + revealed + resolved, 220_000, "challenge, reveal and resolve");
    }

    function test_gas_expire() external {
        JobOffer memory o = _typical();
        _openAll(_list(_opening(o, _typicalDeal())), "open one");
        Facts memory f = _typicalFacts(o);
        vm.warp(vm.getBlockTimestamp() + SUBMIT_FOR + 1);
        settlement.expire(f, 0);
        vm.assertLe(vm.snapshotGasLastCall("Gas", "expire, never submitted"), 60_000, "expire");
    }

    /// @dev Amounts of real size, since zero bytes are cheap.
    function _typical() private view returns (JobOffer memory o) {
        o = _offer();
        o.maxPrice = 2_123_456_789_123_456_789;
        o.creatorStake = 1_123_456_789_123_456_789;
        o.providerStake = 5_123_456_789_123_456_789;
        o.latePenalty = 312_345_678_912_345_678;
        o.mediationFee = 212_345_678_912_345_678;
        o.solverFee = 12_345_678_912_345_678;
    }

    function _typicalDeal() private view returns (DealTerms memory d) {
        d = _deal();
        d.price = 2_012_345_678_912_345_678;
    }

    function _typicalFacts(JobOffer memory o) private view returns (Facts memory) {
        return _facts(o, _typicalDeal(), RESULT);
    }

    function _openAll(Opening[] memory openings, string memory name) private returns (uint256 gasUsed) {
        if (_free(creator) < 1e24) {
            settlement.deposit(creator, 1e24);
            settlement.deposit(provider, 1e24);
        }
        vm.prank(solver);
        settlement.open(openings);
        return vm.snapshotGasLastCall("Gas", name);
    }

    function _settleAll(Settling[] memory settlings, string memory name) private returns (uint256 gasUsed) {
        settlement.settle(settlings);
        return vm.snapshotGasLastCall("Gas", name);
    }
}
