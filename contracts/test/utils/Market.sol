// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LilyToken} from "../../src/LilyToken.sol";
import {Settlement} from "../../src/Settlement.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Draw} from "../../src/libraries/Draw.sol";
import {Terms} from "../../src/libraries/Terms.sol";
import {
    Bounds,
    DealTerms,
    Facts,
    Head,
    JobOffer,
    Opening,
    Outcome,
    Panel,
    Path,
    Reason,
    Settling,
    Signature,
    State,
    Tail,
    Vote
} from "../../src/types/Terms.sol";
import {Test} from "./Test.sol";

/// @notice A funded market with one of each role, and builders for what they sign. The builders hash on their
/// own, from the definitions in the EIPs.
abstract contract Market is Test {
    uint256 internal constant CREATOR_KEY = 0xC1;
    uint256 internal constant JUDGE_KEY = 0xC2;
    uint256 internal constant SOLVER_KEY = 0xC3;
    uint256 internal constant PROVIDER_KEY = 0xC4;
    uint256 internal constant STRANGER_KEY = 0xC5;
    uint256 internal constant MEDIATOR_KEY = 0xD0; // the first of PANEL_SIZE

    uint256 internal constant PANEL_SIZE = 16;
    uint8 internal constant SEATS = 3;
    uint8 internal constant THRESHOLD = 2;

    uint80 internal constant PRICE = 1001; // odd, so that halves show their rounding
    uint96 internal constant CREATOR_STAKE = 300;
    uint96 internal constant PROVIDER_STAKE = 2500;
    uint96 internal constant LATE_PENALTY = 200;
    uint96 internal constant MEDIATION_FEE = 100; // 33 a seat
    uint96 internal constant SOLVER_FEE = 50;
    uint32 internal constant SUBMIT_FOR = 1000;
    uint32 internal constant JUDGE_FOR = 2000;
    uint32 internal constant REVEAL_FOR = 3000;
    uint32 internal constant MEDIATE_FOR = 4000;
    uint256 internal constant START = 1_000_000;
    uint256 internal constant FUNDS = 1_000_000;

    bytes32 internal constant CREATOR_SEED = keccak256("creator's seed");
    bytes32 internal constant PROVIDER_SEED = keccak256("provider's seed");
    bytes32 internal constant RESULT = keccak256("result");

    address internal creator = vm.addr(CREATOR_KEY);
    address internal judge = vm.addr(JUDGE_KEY);
    address internal solver = vm.addr(SOLVER_KEY);
    address internal provider = vm.addr(PROVIDER_KEY);
    address internal stranger = vm.addr(STRANGER_KEY);
    address internal sink = address(0x51);

    LilyToken internal token;
    Settlement internal settlement;
    mapping(address owner => uint256) internal keyOf;
    address[] internal members;

    function setUp() public virtual {
        vm.warp(START);
        token = new LilyToken(address(this), 1e27);
        settlement = new Settlement(token, sink, Bounds(10, 1 days, 20, 2 days));
        uint256[5] memory keys = [CREATOR_KEY, JUDGE_KEY, SOLVER_KEY, PROVIDER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            keyOf[vm.addr(keys[i])] = keys[i];
        }
        for (uint256 i = 0; i < PANEL_SIZE; ++i) {
            _join(vm.addr(MEDIATOR_KEY + i));
            keyOf[vm.addr(MEDIATOR_KEY + i)] = MEDIATOR_KEY + i;
        }
        token.approve(address(settlement), type(uint256).max);
        settlement.deposit(creator, FUNDS);
        settlement.deposit(provider, FUNDS);
    }

    /// @dev Keeps the panel sorted.
    function _join(address member) internal {
        members.push(member);
        for (uint256 i = members.length - 1; i > 0 && members[i] < members[i - 1]; --i) {
            (members[i], members[i - 1]) = (members[i - 1], members[i]);
        }
    }

    // ------------------------------------------------------------ terms

    function _panel() internal view returns (Panel memory) {
        bytes memory packed;
        for (uint256 i = 0; i < members.length; ++i) {
            packed = abi.encodePacked(packed, members[i]);
        }
        return Panel(packed, SEATS, THRESHOLD);
    }

    function _panelHash(Panel memory panel) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(panel.members), panel.drawn, panel.threshold));
    }

    function _offer() internal view returns (JobOffer memory o) {
        o.creator = creator;
        o.judge = judge;
        o.solver = solver;
        o.work = keccak256("work");
        o.panel = _panelHash(_panel());
        o.seedHash = keccak256(abi.encode(CREATOR_SEED, creator));
        o.maxPrice = PRICE + 100;
        o.creatorStake = CREATOR_STAKE;
        o.providerStake = PROVIDER_STAKE;
        o.latePenalty = LATE_PENALTY;
        o.mediationFee = MEDIATION_FEE;
        o.solverFee = SOLVER_FEE;
        o.submitFor = SUBMIT_FOR;
        o.judgeFor = JUDGE_FOR;
        o.revealFor = REVEAL_FOR;
        o.mediateFor = MEDIATE_FOR;
        o.nonce = 1;
        o.expiry = uint40(vm.getBlockTimestamp() + 100);
    }

    function _deal() internal view returns (DealTerms memory) {
        bytes32 seedHash = keccak256(abi.encode(PROVIDER_SEED, provider));
        return DealTerms(provider, PRICE, seedHash, 0, uint40(vm.getBlockTimestamp() + 50));
    }

    /// @dev Finds a nonce for which the audit coin falls as asked, given the default seeds.
    function _auditedOffer(uint16 auditBps, bool audit) internal view returns (JobOffer memory o) {
        o = _offer();
        o.auditBps = auditBps;
        while (_coin(_dealHash(_jobHash(o), _deal())) < auditBps != audit) ++o.nonce;
    }

    function _coin(bytes32 dealHash) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(CREATOR_SEED, dealHash))) % 10_000;
    }

    // ------------------------------------------------------------ hashes and signatures

    function _jobHash(JobOffer memory o) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "JobOffer(address creator,address judge,address solver,address target,bytes32 work,bytes32 panel,bytes32 seedHash,uint80 maxPrice,uint96 creatorStake,uint96 providerStake,uint96 latePenalty,uint96 mediationFee,uint96 solverFee,uint16 auditBps,uint32 submitFor,uint32 judgeFor,uint32 revealFor,uint32 mediateFor,uint32 epoch,uint64 nonce,uint40 expiry)"
        );
        return keccak256(abi.encode(typeHash, o));
    }

    function _dealHash(bytes32 jobHash, DealTerms memory d) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Deal(bytes32 jobHash,address provider,uint80 price,bytes32 seedHash,uint32 epoch,uint40 expiry)"
        );
        return keccak256(abi.encode(typeHash, jobHash, d));
    }

    function _resultHash(bytes32 dealHash, bytes32 result) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Result(bytes32 dealHash,bytes32 resultHash)");
        return keccak256(abi.encode(typeHash, dealHash, result));
    }

    function _receiptHash(bytes32 dealHash, bytes32 result, bytes32 seed) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Receipt(bytes32 dealHash,bytes32 resultHash,bytes32 creatorSeed)");
        return keccak256(abi.encode(typeHash, dealHash, result, seed));
    }

    function _verdictHash(bytes32 dealHash, bytes32 result, Outcome outcome, bytes32 transcript)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "Verdict(bytes32 dealHash,bytes32 resultHash,uint8 outcome,bytes32 transcriptHash)"
        );
        return keccak256(abi.encode(typeHash, dealHash, result, outcome, transcript));
    }

    function _domain() internal view returns (bytes32) {
        bytes32 typeHash =
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(
            abi.encode(typeHash, keccak256("Lilypad"), keccak256("1"), block.chainid, address(settlement))
        );
    }

    function _sign(uint256 key, bytes32 structHash) internal view returns (Signature memory s) {
        (s.r, s.vs) = vm.signCompact(key, keccak256(abi.encodePacked("\x19\x01", _domain(), structHash)));
    }

    // ------------------------------------------------------------ calls

    function _opening(JobOffer memory o, DealTerms memory d) internal view returns (Opening memory) {
        bytes32 jobHash = _jobHash(o);
        return
            Opening(o, d, _sign(keyOf[o.creator], jobHash), _sign(keyOf[d.provider], _dealHash(jobHash, d)));
    }

    function _list(Opening memory o) internal pure returns (Opening[] memory list) {
        list = new Opening[](1);
        list[0] = o;
    }

    function _list(Settling memory s) internal pure returns (Settling[] memory list) {
        list = new Settling[](1);
        list[0] = s;
    }

    function _facts(JobOffer memory o, DealTerms memory d, bytes32 result)
        internal
        pure
        returns (Facts memory f)
    {
        f.jobHash = _jobHash(o);
        f.resultHash = result;
        f.tail = Tail({
            panel: o.panel,
            seedHash: d.seedHash,
            latePenalty: o.latePenalty,
            mediationFee: o.mediationFee,
            solverFee: o.solverFee,
            judgeFor: o.judgeFor,
            revealFor: o.revealFor,
            mediateFor: o.mediateFor
        });
        f.head = Head({
            dealHash: _dealHash(f.jobHash, d),
            seedHash: o.seedHash,
            creator: o.creator,
            judge: o.judge,
            provider: d.provider,
            price: d.price,
            creatorStake: o.creatorStake,
            providerStake: o.providerStake,
            auditBps: o.auditBps,
            tailHash: keccak256(abi.encode(f.tail))
        });
    }

    function _receipt(Facts memory f, bytes32 creatorSeed) internal view returns (Settling memory) {
        Signature memory s =
            _sign(keyOf[f.head.judge], _receiptHash(f.head.dealHash, f.resultHash, creatorSeed));
        return Settling(f.jobHash, f.resultHash, creatorSeed, s, f.head);
    }

    function _open(JobOffer memory o) internal returns (Facts memory f) {
        f = _facts(o, _deal(), RESULT);
        Opening[] memory list = _list(_opening(o, _deal()));
        vm.prank(solver);
        settlement.open(list);
        _assertState(f.jobHash, State.Open);
    }

    function _submit(Facts memory f) internal {
        settlement.submit(f, _sign(keyOf[f.head.provider], _resultHash(f.head.dealHash, f.resultHash)));
    }

    function _challenge(Facts memory f) internal {
        vm.prank(f.head.judge);
        settlement.challenge(f, CREATOR_SEED);
    }

    /// @dev Brings a deal to Drawn.
    function _draw(JobOffer memory o) internal returns (Facts memory f) {
        f = _open(o);
        _submit(f);
        _challenge(f);
        settlement.reveal(f, PROVIDER_SEED);
    }

    function _seats(Facts memory f) internal view returns (address[] memory) {
        bytes32 seed = keccak256(abi.encode(CREATOR_SEED, PROVIDER_SEED, f.head.dealHash));
        return Draw.seats(seed, members, SEATS);
    }

    function _vote(Facts memory f, uint256 seat, Outcome outcome) internal view returns (Vote memory) {
        bytes32 transcript = keccak256(abi.encode("transcript", seat));
        bytes32 verdict = _verdictHash(f.head.dealHash, f.resultHash, outcome, transcript);
        return Vote(uint8(seat), outcome, transcript, _sign(keyOf[_seats(f)[seat]], verdict));
    }

    /// @dev Votes of the first `count` seats, all alike.
    function _votes(Facts memory f, Outcome outcome, uint256 count)
        internal
        view
        returns (Vote[] memory votes)
    {
        votes = new Vote[](count);
        for (uint256 i = 0; i < count; ++i) {
            votes[i] = _vote(f, i, outcome);
        }
    }

    function _resolve(Facts memory f, Outcome outcome, Vote[] memory votes) internal {
        settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, _panel(), outcome, votes);
    }

    // ------------------------------------------------------------ checks

    function _free(address owner) internal view returns (uint256 free) {
        (free,) = settlement.account(owner);
    }

    function _assertState(bytes32 jobHash, State want) internal view {
        (State got,,,) = settlement.outcome(jobHash);
        vm.assertEq(uint256(got), uint256(want), "state");
    }

    function _assertPath(bytes32 jobHash, Path want) internal view {
        (State state, Path got,,) = settlement.outcome(jobHash);
        vm.assertEq(uint256(state), uint256(State.Final), "state");
        vm.assertEq(uint256(got), uint256(want), "path");
    }

    /// @dev Balances and epochs of all parties, and where one deal stands.
    function _standing(bytes32 jobHash) internal view returns (bytes32 standing) {
        (State state, Path path, uint40 deadline, bytes26 digest) = settlement.outcome(jobHash);
        standing = keccak256(abi.encode(state, path, deadline, digest));
        address[6] memory parties = [creator, judge, solver, provider, stranger, sink];
        for (uint256 i = 0; i < parties.length + members.length; ++i) {
            address party = i < parties.length ? parties[i] : members[i - parties.length];
            (uint256 free, uint32 epoch) = settlement.account(party);
            standing = keccak256(abi.encode(standing, free, epoch));
        }
    }

    /// @dev The entry must be skipped for this reason, with nothing changed.
    function _assertSkippedOpen(Opening memory o, address sender, Reason reason) internal {
        bytes32 jobHash = _jobHash(o.offer);
        bytes32 before = _standing(jobHash);
        Opening[] memory list = _list(o);
        vm.expectEmit(address(settlement));
        emit ISettlement.Skipped(jobHash, 0, reason);
        vm.prank(sender);
        settlement.open(list);
        vm.assertEq(_standing(jobHash), before, "an entry was skipped and changed something");
    }

    function _assertSkippedSettle(Settling memory s, Reason reason) internal {
        bytes32 before = _standing(s.jobHash);
        vm.expectEmit(address(settlement));
        emit ISettlement.Skipped(s.jobHash, 0, reason);
        settlement.settle(_list(s));
        vm.assertEq(_standing(s.jobHash), before, "an entry was skipped and changed something");
    }
}
