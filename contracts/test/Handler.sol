// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {LilyToken} from "../src/LilyToken.sol";
import {Settlement} from "../src/Settlement.sol";
import {
    Bounds,
    DealTerms,
    Facts,
    JobOffer,
    Opening,
    Outcome,
    Panel,
    Path,
    Settling,
    Signature,
    State,
    Vote
} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

/// @notice Plays all parties of a market at random: each is at times late, greedy or lying, and one actor may be
/// creator, judge, solver, provider, mediator and sink at once. Each call is tried whether it is legal or not; the
/// handler keeps its own account of what should happen and counts every surprise.
contract Handler is Market {
    struct Record {
        Facts facts;
        State state;
        uint256 deadline;
        bool audit; // an audit is under way
        uint256 closings;
    }

    uint256 private constant ACTORS = 6;
    uint256 private constant MAX_STEP = 5000;

    address[] public actors;
    Record[] private _records;
    uint256 public deposited;
    uint256 public withdrawn;
    uint256 public locked;
    uint256 public surprises;
    string public lastSurprise;
    mapping(address owner => uint256) private _before;
    uint64 private _nonce;

    constructor() {
        vm.warp(START);
        token = new LilyToken(address(this), 1e27);
        for (uint256 i = 0; i < ACTORS; ++i) {
            address actor = vm.addr(0xA0 + i);
            keyOf[actor] = 0xA0 + i;
            actors.push(actor);
            members.push(actor);
        }
        _sort();
        sink = actors[ACTORS - 1];
        settlement = new Settlement(token, sink, Bounds(1, 1 days, 1, 2 days));
        token.approve(address(settlement), type(uint256).max);
        for (uint256 i = 0; i < ACTORS; ++i) {
            deposit(i, 50_000);
        }
    }

    function setUp() public override {}

    // ------------------------------------------------------------ actions

    function deposit(uint256 who, uint256 amount) public {
        amount = _between(amount, 0, 50_000);
        settlement.deposit(_actor(who), amount);
        deposited += amount;
    }

    function withdraw(uint256 who, uint256 amount) external {
        address actor = _actor(who);
        uint256 free = _free(actor);
        amount = _between(amount, 0, free + free / 8);
        vm.prank(actor);
        try settlement.withdraw(actor, amount) {
            withdrawn += amount;
            _expect(amount <= free, "withdrew more than was free");
        } catch {
            _expect(amount > free, "could not withdraw what was free");
        }
    }

    function bumpEpoch(uint256 who) external {
        if (who % 16 != 0) return;
        vm.prank(_actor(who / 16));
        settlement.bumpEpoch();
    }

    function wait(uint256 duration) external {
        vm.warp(vm.getBlockTimestamp() + _between(duration, 1, MAX_STEP));
    }

    function open(uint256 roles, uint256 amounts, uint256 terms) external {
        JobOffer memory o = _randomOffer(roles, amounts, terms);
        DealTerms memory d;
        d.provider = _actor(roles >> 32);
        d.price = uint80(_between(amounts >> 160, 0, 5000));
        d.seedHash = keccak256(abi.encode(PROVIDER_SEED, d.provider));
        (, d.epoch) = settlement.account(d.provider);
        d.expiry = o.expiry;
        bool legal = o.creator != d.provider && d.price <= o.maxPrice && o.mediationFee <= o.creatorStake
            && uint256(o.mediationFee) + o.solverFee <= o.providerStake && o.solverFee <= o.latePenalty
            && o.latePenalty <= o.providerStake;
        uint256 lock = uint256(d.price) + o.creatorStake + o.solverFee;
        legal = legal && _free(o.creator) >= lock && _free(d.provider) >= o.providerStake;

        Opening memory opening = _opening(o, d);
        if (roles >> 255 == 1) {
            vm.prank(o.creator);
            settlement.approve(o);
            opening.creatorSignature = Signature(0, 0);
        }
        _remember();
        vm.prank(o.solver);
        settlement.open(_list(opening));
        Facts memory f = _facts(o, d, keccak256(abi.encode(RESULT, o.nonce)));
        (State state,, uint40 deadline,) = settlement.outcome(f.jobHash);
        _expect((state == State.Open) == legal, "open");
        if (state != State.Open) return;
        _expect(deadline == vm.getBlockTimestamp() + o.submitFor, "submit deadline");
        locked += uint256(d.price) + o.creatorStake + o.providerStake;
        _records.push(Record(f, State.Open, deadline, false, 0));
        for (uint256 i = 0; i < ACTORS; ++i) {
            uint256 loss =
                (actors[i] == o.creator ? lock : 0) + (actors[i] == d.provider ? o.providerStake : 0);
            _expect(_free(actors[i]) + loss >= _before[actors[i]], "lost more than its stakes at open");
        }
    }

    function settle(uint256 which, bool twice) external {
        if (_records.length == 0) return;
        Record storage r = _record(which);
        Facts memory f = r.facts;
        bytes32 seed = f.head.auditBps == 0 ? bytes32(0) : CREATOR_SEED;
        bool due = _coin(f.head.dealHash) < f.head.auditBps;
        bool legal = r.state >= State.Open && r.state <= State.Challenged && !due;
        Settling[] memory list = new Settling[](twice ? 2 : 1);
        list[0] = list[list.length - 1] = _receipt(f, seed);
        _remember();
        settlement.settle(list);
        _checkClosed(r, legal, Path.Receipt);
    }

    function submit(uint256 which) external {
        if (_records.length == 0) return;
        Record storage r = _record(which, State.Open);
        Facts memory f = r.facts;
        Signature memory s = _sign(keyOf[f.head.provider], _resultHash(f.head.dealHash, f.resultHash));
        bool legal = r.state == State.Open && vm.getBlockTimestamp() <= r.deadline;
        try settlement.submit(f, s) {
            _moved(r, legal, State.Submitted, f.tail.judgeFor);
        } catch {
            _expect(!legal, "submit refused");
        }
    }

    function challenge(uint256 which, uint256 who) external {
        if (_records.length == 0) return;
        Record storage r = _record(which, State.Submitted);
        Facts memory f = r.facts;
        address sender = who % 4 == 0 ? _actor(who / 4) : f.head.judge;
        bool legal =
            r.state == State.Submitted && vm.getBlockTimestamp() <= r.deadline && sender == f.head.judge;
        vm.prank(sender);
        try settlement.challenge(f, CREATOR_SEED) {
            r.audit = _coin(f.head.dealHash) < f.head.auditBps;
            _moved(r, legal, State.Challenged, f.tail.revealFor);
        } catch {
            _expect(!legal, "challenge refused");
        }
    }

    function reveal(uint256 which) external {
        if (_records.length == 0) return;
        Record storage r = _record(which, State.Challenged);
        Facts memory f = r.facts;
        bool legal = r.state == State.Challenged && vm.getBlockTimestamp() <= r.deadline;
        try settlement.reveal(f, PROVIDER_SEED) {
            _moved(r, legal, State.Drawn, f.tail.mediateFor);
        } catch {
            _expect(!legal, "reveal refused");
        }
    }

    function resolve(uint256 which, uint256 rawOutcome, uint256 rawVotes, uint256 dissent) external {
        if (_records.length == 0) return;
        Record storage r = _record(which, State.Drawn);
        Facts memory f = r.facts;
        Outcome outcome = Outcome(_between(rawOutcome, 1, 4));
        Vote[] memory votes = _votes(f, outcome, _between(rawVotes, 1, 3));
        bool dissents = dissent % 3 == 0;
        if (dissents) votes[0] = _vote(f, 0, Outcome(1 + uint256(outcome) % 4));
        uint256 agreeing = votes.length - (dissents ? 1 : 0);
        bool legal = r.state == State.Drawn && vm.getBlockTimestamp() <= r.deadline && agreeing >= THRESHOLD;
        _remember();
        try settlement.resolve(f, CREATOR_SEED, PROVIDER_SEED, _panel(), outcome, votes) {
            Path[5] memory paths = [Path.None, Path.UpheldChallenge, Path.Late, Path.Refund, Path.Fraud];
            Path path = outcome == Outcome.Upheld && r.audit ? Path.UpheldAudit : paths[uint256(outcome)];
            _checkClosed(r, legal, path);
        } catch {
            _expect(!legal, "resolve refused");
        }
    }

    function expire(uint256 which) external {
        if (_records.length != 0) _expire(_record(which));
    }

    function _expire(Record storage r) private {
        bool live = r.state >= State.Open && r.state <= State.Drawn;
        bool legal = live && vm.getBlockTimestamp() > r.deadline;
        Path path = Path.Expired;
        bool coins = r.facts.head.auditBps > 0;
        if (r.state == State.Submitted) path = coins ? Path.AuditDodged : Path.Unjudged;
        if (r.state == State.Challenged) path = Path.NoReveal;
        if (r.state == State.Drawn) path = r.audit ? Path.NoVerdictAudit : Path.NoVerdictChallenge;
        _remember();
        try settlement.expire(r.facts, CREATOR_SEED) {
            _checkClosed(r, legal, path);
        } catch {
            _expect(!legal, "expire refused");
        }
    }

    // ------------------------------------------------------------ what the invariants read

    function count() external view returns (uint256) {
        return _records.length;
    }

    function record(uint256 i) external view returns (Record memory) {
        return _records[i];
    }

    function market() external view returns (Settlement, IERC20) {
        return (settlement, token);
    }

    function totalFree() public view returns (uint256 total) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            total += _free(actors[i]);
        }
    }

    /// @notice Lets every deadline pass, then ends whatever is left by the call that anyone may make.
    function abandon() external {
        vm.warp(vm.getBlockTimestamp() + 3 days);
        for (uint256 i = 0; i < _records.length; ++i) {
            if (_records[i].state != State.Final) _expire(_records[i]);
        }
    }

    // ------------------------------------------------------------ inside

    function _randomOffer(uint256 roles, uint256 amounts, uint256 terms) private returns (JobOffer memory o) {
        o = _offer();
        o.creator = _actor(roles);
        o.judge = _actor(roles >> 8);
        o.solver = _actor(roles >> 16);
        o.seedHash = keccak256(abi.encode(CREATOR_SEED, o.creator));
        o.maxPrice = 5000 - uint80(_between(amounts, 0, 100));
        o.creatorStake = uint96(_between(amounts >> 16, 0, 3000));
        o.providerStake = uint96(_between(amounts >> 32, 0, 6000));
        o.mediationFee = uint96(_between(amounts >> 48, 0, uint256(o.creatorStake) * 33 / 32));
        o.latePenalty = uint96(_between(amounts >> 64, 0, uint256(o.providerStake) * 33 / 32));
        o.solverFee = uint96(_between(amounts >> 80, 0, o.latePenalty));
        uint16[3] memory bps = [uint16(0), 5000, 10_000];
        o.auditBps = bps[terms % 3];
        o.submitFor = uint32(_between(terms >> 16, 1, MAX_STEP));
        o.judgeFor = uint32(_between(terms >> 32, 1, MAX_STEP));
        o.revealFor = uint32(_between(terms >> 48, 1, MAX_STEP));
        o.mediateFor = uint32(_between(terms >> 64, 1, MAX_STEP));
        (, o.epoch) = settlement.account(o.creator);
        o.nonce = ++_nonce;
    }

    function _moved(Record storage r, bool legal, State state, uint256 window) private {
        _expect(legal, "an illegal step went through");
        r.state = state;
        r.deadline = vm.getBlockTimestamp() + window;
        (State got,, uint40 deadline,) = settlement.outcome(r.facts.jobHash);
        _expect(got == state && deadline == r.deadline, "state or deadline after a step");
    }

    function _checkClosed(Record storage r, bool legal, Path want) private {
        (State state, Path path,,) = settlement.outcome(r.facts.jobHash);
        for (uint256 i = 0; i < ACTORS; ++i) {
            _expect(_free(actors[i]) >= _before[actors[i]], "an account lost free money at a closing");
        }
        if (!legal) {
            _expect(state == r.state && _gained() == 0, "an illegal closing went through");
            return;
        }
        uint256 held = uint256(r.facts.head.price) + r.facts.head.creatorStake + r.facts.head.providerStake;
        _expect(state == State.Final && path == want, "path");
        _expect(_gained() == held, "shares are not what was locked");
        r.state = State.Final;
        ++r.closings;
        locked -= held;
    }

    function _remember() private {
        for (uint256 i = 0; i < ACTORS; ++i) {
            _before[actors[i]] = _free(actors[i]);
        }
    }

    function _gained() private view returns (uint256 gain) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            gain += _free(actors[i]) - _before[actors[i]];
        }
    }

    function _expect(bool condition, string memory what) private {
        if (condition) return;
        ++surprises;
        lastSurprise = what;
    }

    function _actor(uint256 who) private view returns (address) {
        return actors[who % ACTORS];
    }

    /// @dev Mostly a recent deal.
    function _record(uint256 which) private view returns (Record storage) {
        uint256 n = _records.length;
        if (which % 4 == 0) return _records[(which / 4) % n];
        return _records[n - 1 - (which / 4) % (n < 4 ? n : 4)];
    }

    /// @dev Mostly the latest deal in a state, so that deals get past their first steps.
    function _record(uint256 which, State state) private view returns (Record storage) {
        for (uint256 i = _records.length; which % 4 != 0 && i > 0; --i) {
            if (_records[i - 1].state == state) return _records[i - 1];
        }
        return _record(which);
    }

    function _sort() private {
        for (uint256 i = 1; i < members.length; ++i) {
            for (uint256 j = i; j > 0 && members[j] < members[j - 1]; --j) {
                (members[j], members[j - 1]) = (members[j - 1], members[j]);
            }
        }
    }
}
