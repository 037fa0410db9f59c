// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ISettlement} from "./interfaces/ISettlement.sol";
import {Draw} from "./libraries/Draw.sol";
import {Memory} from "./libraries/Memory.sol";
import {Payouts} from "./libraries/Payouts.sol";
import {Terms} from "./libraries/Terms.sol";
import {AccountWord} from "./types/AccountWord.sol";
import {DealWord, packFinal, packWord} from "./types/DealWord.sol";
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
    Vote
} from "./types/Terms.sol";

/// @title Holds the money of jobs, and pays it out by terms that both sides signed
/// @notice Protects: each side from terms it did not sign, from being paid less than the path of its deal says,
/// from double payment, and from money that stays locked: every state ends by a call open to anyone.
/// Does not protect: from a wrong verdict of a majority of drawn mediators, from a judge key that signs anything,
/// from a side that misses its window, or from a sequencer that keeps transactions out for longer than a window.
/// Who can move funds: an account's owner, out of its free balance; deals, between the accounts of their parties
/// and the sink, as their terms say. There is no owner, no pause and no upgrade.
contract Settlement is ISettlement, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev A struct, so that its place is computed once.
    struct Account {
        AccountWord word;
    }

    uint256 private constant MAX_PANEL = 32;

    /// @inheritdoc ISettlement
    IERC20 public immutable token;
    /// @notice The account that gets what no party may gain; an account like any other.
    address public immutable sink;
    uint32 private immutable _submitMin;
    uint32 private immutable _submitMax;
    uint32 private immutable _windowMin;
    uint32 private immutable _windowMax;

    mapping(address owner => Account) private _accounts;
    mapping(bytes32 jobHash => DealWord) private _deals;

    /// @param token_ must move exactly what it says; deposits of one that takes a fee revert
    /// @param sink_ its owner should run no solver and no mediator
    constructor(IERC20 token_, address sink_, Bounds memory bounds_) EIP712("Lilypad", "1") {
        if (sink_ == address(0)) revert ConfigInvalidSink();
        if (bounds_.submitMin == 0 || bounds_.submitMin > bounds_.submitMax) revert ConfigInvalidBounds();
        if (bounds_.windowMin == 0 || bounds_.windowMin > bounds_.windowMax) revert ConfigInvalidBounds();
        token = token_;
        sink = sink_;
        _submitMin = bounds_.submitMin;
        _submitMax = bounds_.submitMax;
        _windowMin = bounds_.windowMin;
        _windowMax = bounds_.windowMax;
    }

    // ---------------------------------------------------------------- accounts

    /// @inheritdoc ISettlement
    function deposit(address owner, uint256 amount) external {
        _deposit(owner, amount);
    }

    /// @inheritdoc ISettlement
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        // A hostile token could reenter here, before anything was read: no harm. A failure is ignored, because
        // anyone may have sent this permit first; the transfer below then finds the allowance.
        try IERC20Permit(address(token)).permit(msg.sender, address(this), amount, deadline, v, r, s) {}
            catch {}
        _deposit(msg.sender, amount);
    }

    /// @inheritdoc ISettlement
    function withdraw(address to, uint256 amount) external nonReentrant {
        AccountWord account_ = _accounts[msg.sender].word;
        if (account_.free() < amount) {
            revert AccountInsufficientFunds(msg.sender, account_.free(), amount);
        }
        _accounts[msg.sender].word = account_.sub(amount);
        emit Withdrawn(msg.sender, to, amount);
        // A hostile token could call back; the balance is already down and deposits are barred.
        token.safeTransfer(to, amount);
    }

    /// @inheritdoc ISettlement
    function bumpEpoch() external {
        AccountWord bumped = _accounts[msg.sender].word.bump();
        _accounts[msg.sender].word = bumped;
        emit EpochBumped(msg.sender, bumped.epoch());
    }

    /// @dev The guard keeps a token with callbacks from having one transfer counted by two nested deposits.
    function _deposit(address owner, uint256 amount) private nonReentrant {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 held = token.balanceOf(address(this));
        if (held != before + amount) revert DepositAmountMismatch(before + amount, held);
        // All balances together fit in one, so that no credit can ever overflow and block a deal.
        if (held > type(uint128).max) revert DepositAmountMismatch(type(uint128).max, held);
        _credit(owner, amount);
        emit Deposited(owner, amount);
    }

    // ---------------------------------------------------------------- open

    /// @inheritdoc ISettlement
    function approve(JobOffer calldata offer) external returns (bytes32 jobHash) {
        if (msg.sender != offer.creator) revert OfferNotCreator(msg.sender);
        jobHash = Terms.jobHash(offer);
        State state = _deals[jobHash].state();
        if (state != State.None) revert DealWrongState(jobHash, state);
        _deals[jobHash] = packWord(State.Approved, 0, 0);
        emit Approved(jobHash, msg.sender);
    }

    /// @inheritdoc ISettlement
    function open(Opening[] calldata openings) external {
        uint256 mark = Memory.mark();
        for (uint256 i = 0; i < openings.length; ++i) {
            Opening calldata opening = openings[i];
            bytes32 jobHash = Terms.jobHash(opening.offer);
            Reason reason = _open(jobHash, opening.offer, opening.deal, opening);
            if (reason != Reason.None) emit Skipped(jobHash, i, reason);
            Memory.release(mark);
        }
    }

    function _open(bytes32 jobHash, JobOffer memory offer, DealTerms memory deal, Opening calldata signed)
        private
        returns (Reason)
    {
        Reason reason = _checkTerms(offer, deal);
        if (reason != Reason.None) return reason;
        State state = _deals[jobHash].state();
        if (state != State.None && state != State.Approved) return Reason.WrongState;
        Account storage creator = _accounts[offer.creator];
        Account storage provider = _accounts[deal.provider];
        if (creator.word.epoch() != offer.epoch) return Reason.CreatorEpoch;
        if (provider.word.epoch() != deal.epoch) return Reason.ProviderEpoch;
        uint256 lock = uint256(deal.price) + offer.solverFee + offer.creatorStake;
        if (creator.word.free() < lock) return Reason.CreatorFunds;
        if (provider.word.free() < offer.providerStake) return Reason.ProviderFunds;
        if (state == State.None && !_signed(jobHash, signed.creatorSignature, offer.creator)) {
            return Reason.CreatorSignature;
        }
        bytes32 dealHash = Terms.dealHash(jobHash, signed.deal);
        if (!_signed(dealHash, signed.providerSignature, deal.provider)) return Reason.ProviderSignature;

        uint256 deadline = block.timestamp + offer.submitFor;
        _deals[jobHash] = packWord(State.Open, deadline, Terms.factsHash(dealHash, offer, deal));
        creator.word = creator.word.sub(lock);
        provider.word = provider.word.sub(offer.providerStake);
        _credit(offer.solver, offer.solverFee);
        _tell(jobHash, offer.creator, deal, deadline);
        return Reason.None;
    }

    /// @dev Apart, for the stack of a caller has no room.
    function _tell(bytes32 jobHash, address creator, DealTerms memory deal, uint256 deadline) private {
        emit Opened(
            jobHash, creator, deal.provider, deal.price, deal.seedHash, deal.epoch, deal.expiry, deadline
        );
    }

    function _checkTerms(JobOffer memory offer, DealTerms memory deal) private view returns (Reason) {
        // An untargeted offer is the solver's to rank: were it open to all, any provider could take the maximum.
        if (offer.solver == address(0) ? offer.target == address(0) : offer.solver != msg.sender) {
            return Reason.NotOpener;
        }
        if (offer.target != address(0) && offer.target != deal.provider) return Reason.NotTarget;
        if (offer.creator == deal.provider) return Reason.SelfDeal;
        if (block.timestamp > offer.expiry || block.timestamp > deal.expiry) return Reason.Stale;
        if (deal.price > offer.maxPrice) return Reason.PriceTooHigh;
        if (!_stakesCover(offer)) return Reason.BadStakes;
        if (offer.submitFor < _submitMin || offer.submitFor > _submitMax) return Reason.BadWindow;
        if (!_inWindow(offer.judgeFor) || !_inWindow(offer.revealFor) || !_inWindow(offer.mediateFor)) {
            return Reason.BadWindow;
        }
        return Reason.None;
    }

    /// @dev What Payouts rests on. Without a solver nobody could receive the solver's fee.
    function _stakesCover(JobOffer memory offer) private pure returns (bool) {
        return offer.mediationFee <= offer.creatorStake
            && uint256(offer.mediationFee) + offer.solverFee <= offer.providerStake
            && offer.solverFee <= offer.latePenalty && offer.latePenalty <= offer.providerStake
            && offer.auditBps <= Terms.BPS && (offer.solver != address(0) || offer.solverFee == 0);
    }

    function _inWindow(uint32 duration) private view returns (bool) {
        return duration >= _windowMin && duration <= _windowMax;
    }

    // ---------------------------------------------------------------- receipt

    /// @inheritdoc ISettlement
    function settle(Settling[] calldata settlings) external {
        uint256 mark = Memory.mark();
        for (uint256 i = 0; i < settlings.length; ++i) {
            Reason reason = _settle(settlings[i]);
            if (reason != Reason.None) emit Skipped(settlings[i].jobHash, i, reason);
            Memory.release(mark);
        }
    }

    function _settle(Settling calldata s) private returns (Reason) {
        Head memory head = s.head;
        DealWord word = _deals[s.jobHash];
        State state = word.state();
        if (state != State.Open && state != State.Submitted && state != State.Challenged) {
            return Reason.WrongState;
        }
        bytes32 facts = state == State.Open ? Terms.factsHash(s.head) : Terms.factsHash(s.head, s.resultHash);
        if (!word.holds(facts)) return Reason.FactsMismatch;
        if (head.auditBps != 0) {
            if (Terms.seedHash(s.creatorSeed, head.creator) != head.seedHash) return Reason.SeedMismatch;
            if (Terms.audited(s.creatorSeed, head.dealHash, head.auditBps)) return Reason.AuditDue;
        }
        bytes32 receipt = Terms.receiptStructHash(head.dealHash, s.resultHash, s.creatorSeed);
        if (!_signed(receipt, s.judgeSignature, head.judge)) return Reason.JudgeSignature;

        _close(
            s.jobHash,
            head,
            s.resultHash,
            Path.Receipt,
            Payouts.paid(head.price, head.creatorStake, head.providerStake)
        );
        return Reason.None;
    }

    // ---------------------------------------------------------------- doubt

    /// @inheritdoc ISettlement
    function submit(Facts calldata facts, Signature calldata providerSignature) external {
        Head memory head = facts.head;
        _checkFacts(facts, head, State.Open, Terms.factsHash(facts.head));
        bytes32 result = Terms.resultStructHash(head.dealHash, facts.resultHash);
        if (!_signed(result, providerSignature, head.provider)) revert DealInvalidSignature(head.provider);
        uint256 deadline = block.timestamp + facts.tail.judgeFor;
        _deals[facts.jobHash] =
            packWord(State.Submitted, deadline, Terms.factsHash(facts.head, facts.resultHash));
        emit Submitted(facts.jobHash, head.creator, head.provider, facts.resultHash, deadline);
    }

    /// @inheritdoc ISettlement
    function challenge(Facts calldata facts, bytes32 creatorSeed) external {
        Head memory head = facts.head;
        bytes32 hash = Terms.factsHash(facts.head, facts.resultHash);
        _checkFacts(facts, head, State.Submitted, hash);
        // A receipt shows the seed to the provider, so knowing it must not be enough to challenge.
        if (msg.sender != head.judge) revert DealNotJudge(msg.sender);
        bool audit = _auditOf(head, creatorSeed);
        uint256 deadline = block.timestamp + facts.tail.revealFor;
        _deals[facts.jobHash] = packWord(State.Challenged, deadline, hash);
        emit Challenged(facts.jobHash, head.creator, head.provider, creatorSeed, audit, deadline);
    }

    /// @inheritdoc ISettlement
    function reveal(Facts calldata facts, bytes32 providerSeed) external {
        Head memory head = facts.head;
        bytes32 hash = Terms.factsHash(facts.head, facts.resultHash);
        _checkFacts(facts, head, State.Challenged, hash);
        _checkSeed(providerSeed, head.provider, facts.tail.seedHash);
        uint256 deadline = block.timestamp + facts.tail.mediateFor;
        _deals[facts.jobHash] = packWord(State.Drawn, deadline, hash);
        emit Drawn(facts.jobHash, head.creator, head.provider, providerSeed, deadline);
    }

    /// @inheritdoc ISettlement
    function resolve(
        Facts calldata facts,
        bytes32 creatorSeed,
        bytes32 providerSeed,
        Panel calldata panel,
        Outcome outcome_,
        Vote[] calldata votes
    ) external {
        Head memory head = facts.head;
        bytes32 hash = Terms.factsHash(facts.head, facts.resultHash);
        _checkFacts(facts, head, State.Drawn, hash);
        _checkSeed(providerSeed, head.provider, facts.tail.seedHash);
        if (outcome_ == Outcome.None) revert CaseInvalidOutcome();
        Path path = Payouts.pathOf(outcome_, _auditOf(head, creatorSeed));
        address[] memory seats = _seats(facts, panel, Draw.seedOf(creatorSeed, providerSeed, head.dealHash));
        _checkVotes(facts, head.dealHash, seats, outcome_, panel.threshold, votes);

        uint256 fee = facts.tail.mediationFee / seats.length;
        Payouts.Split memory split = Payouts.split(path, _amounts(facts, fee * votes.length));
        _close(facts.jobHash, head, facts.resultHash, path, split);
        for (uint256 i = 0; i < votes.length; ++i) {
            address mediator = seats[votes[i].seat];
            _credit(mediator, fee);
            emit VerdictGiven(facts.jobHash, mediator, votes[i].outcome, votes[i].transcriptHash, fee);
        }
    }

    /// @inheritdoc ISettlement
    function expire(Facts calldata facts, bytes32 creatorSeed) external {
        DealWord word = _deals[facts.jobHash];
        State state = word.state();
        if (state < State.Open || state == State.Final) revert DealWrongState(facts.jobHash, state);
        Head memory head = facts.head;
        bytes32 result = state == State.Open ? bytes32(0) : facts.resultHash;
        bytes32 hash = state == State.Open ? Terms.factsHash(facts.head) : Terms.factsHash(facts.head, result);
        _checkWord(facts, head, word, hash);
        if (block.timestamp <= word.deadline()) revert DealTooEarly(word.deadline());
        Path path = _expiryPath(state, head, creatorSeed);
        _close(facts.jobHash, head, result, path, Payouts.split(path, _amounts(facts, 0)));
    }

    function _expiryPath(State state, Head memory head, bytes32 creatorSeed) private pure returns (Path) {
        if (state == State.Open) return Path.Expired;
        if (state == State.Submitted) return head.auditBps == 0 ? Path.Unjudged : Path.AuditDodged;
        if (state == State.Challenged) return Path.NoReveal;
        bool audit = head.auditBps != 0 && _auditOf(head, creatorSeed);
        return audit ? Path.NoVerdictAudit : Path.NoVerdictChallenge;
    }

    /// @dev The drawn mediators in seat order.
    function _seats(Facts calldata facts, Panel calldata panel, bytes32 seed)
        private
        pure
        returns (address[] memory)
    {
        bytes32 hash = Terms.panelHash(panel.members, panel.drawn, panel.threshold);
        (address[] memory members, bool ok) = Draw.unpack(panel.members);
        // The threshold must be a majority of the seats, or two outcomes could both reach it.
        if (
            hash != facts.tail.panel || !ok || members.length > MAX_PANEL || panel.drawn > members.length
                || panel.threshold > panel.drawn || 2 * uint256(panel.threshold) <= panel.drawn
        ) revert CaseInvalidPanel();
        return Draw.seats(seed, members, panel.drawn);
    }

    function _checkVotes(
        Facts calldata facts,
        bytes32 dealHash,
        address[] memory seats,
        Outcome outcome_,
        uint256 threshold,
        Vote[] calldata votes
    ) private view {
        uint256 agreeing;
        uint256 nextSeat;
        for (uint256 i = 0; i < votes.length; ++i) {
            Vote calldata vote = votes[i];
            // Ascending seats: nobody votes, or is paid, twice.
            if (vote.seat < nextSeat || vote.seat >= seats.length) revert CaseInvalidSeat(vote.seat);
            if (vote.outcome == Outcome.None) revert CaseInvalidOutcome();
            nextSeat = uint256(vote.seat) + 1;
            bytes32 verdict =
                Terms.verdictStructHash(dealHash, facts.resultHash, vote.outcome, vote.transcriptHash);
            if (!_signed(verdict, vote.signature, seats[vote.seat])) {
                revert DealInvalidSignature(seats[vote.seat]);
            }
            if (vote.outcome == outcome_) ++agreeing;
        }
        if (agreeing < threshold) revert CaseTooFewVotes(agreeing, threshold);
    }

    /// @dev State, facts and deadline of a call that must come in time.
    function _checkFacts(Facts calldata facts, Head memory head, State expected, bytes32 hash) private view {
        DealWord word = _deals[facts.jobHash];
        if (word.state() != expected) revert DealWrongState(facts.jobHash, word.state());
        _checkWord(facts, head, word, hash);
        if (block.timestamp > word.deadline()) revert DealTooLate(word.deadline());
    }

    function _checkWord(Facts calldata facts, Head memory head, DealWord word, bytes32 hash) private pure {
        if (!word.holds(hash) || Terms.tailHash(facts.tail) != head.tailHash) {
            revert DealFactsMismatch(facts.jobHash);
        }
    }

    function _auditOf(Head memory head, bytes32 creatorSeed) private pure returns (bool) {
        _checkSeed(creatorSeed, head.creator, head.seedHash);
        return Terms.audited(creatorSeed, head.dealHash, head.auditBps);
    }

    function _checkSeed(bytes32 seed, address owner, bytes32 commitment) private pure {
        if (Terms.seedHash(seed, owner) != commitment) revert DealSeedMismatch();
    }

    // ---------------------------------------------------------------- money

    /// @dev The state is final before anyone is paid. Shares are added one after the other, since one address may
    /// be several parties.
    function _close(
        bytes32 jobHash,
        Head memory head,
        bytes32 resultHash,
        Path path,
        Payouts.Split memory split
    ) private {
        _deals[jobHash] = packFinal(path, resultHash);
        _credit(head.provider, split.provider);
        _credit(head.creator, split.creator);
        _credit(sink, split.sink);
        emit Closed(jobHash, head.creator, head.provider, path, resultHash);
    }

    function _amounts(Facts calldata facts, uint256 fees) private pure returns (Payouts.Amounts memory) {
        return Payouts.Amounts({
            price: facts.head.price,
            creatorStake: facts.head.creatorStake,
            providerStake: facts.head.providerStake,
            latePenalty: facts.tail.latePenalty,
            solverFee: facts.tail.solverFee,
            fees: fees
        });
    }

    /// @dev All balances together fit in a uint128; see _deposit.
    function _credit(address owner, uint256 amount) private {
        if (amount == 0) return;
        Account storage to = _accounts[owner];
        to.word = to.word.add(amount);
    }

    function _signed(bytes32 structHash, Signature calldata signature, address signer)
        private
        view
        returns (bool)
    {
        (address recovered, ECDSA.RecoverError failure,) =
            ECDSA.tryRecover(_hashTypedDataV4(structHash), signature.r, signature.vs);
        return failure == ECDSA.RecoverError.NoError && recovered == signer;
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc ISettlement
    function outcome(bytes32 jobHash)
        external
        view
        returns (State state, Path path, uint40 deadline, bytes26 digest)
    {
        DealWord word = _deals[jobHash];
        state = word.state();
        digest = word.digest();
        if (state == State.Final) path = Path(word.deadline());
        else deadline = word.deadline();
    }

    /// @inheritdoc ISettlement
    function account(address owner) external view returns (uint128 free, uint32 epoch) {
        AccountWord word = _accounts[owner].word;
        return (word.free(), word.epoch());
    }

    /// @notice The windows this contract accepts.
    function bounds() external view returns (Bounds memory) {
        return Bounds(_submitMin, _submitMax, _windowMin, _windowMax);
    }
}
