// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {
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
} from "../types/Terms.sol";

/// @title Accounts, deals and their outcomes
interface ISettlement {
    /// @notice Emitted when tokens came in for `account`.
    event Deposited(address indexed account, uint256 amount);
    /// @notice Emitted when `account` took tokens out to `to`.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);
    /// @notice Emitted when all offers and deals that `account` signed for earlier epochs became void.
    event EpochBumped(address indexed account, uint32 epoch);
    /// @notice Emitted when a creator approved an offer instead of signing it.
    event Approved(bytes32 indexed jobHash, address indexed creator);
    /// @notice Emitted when payment and stakes were locked; the provider may submit until `deadline`. It tells the
    /// whole deal, so that a creator needs nobody to learn what it is bound to.
    event Opened(
        bytes32 indexed jobHash,
        address indexed creator,
        address indexed provider,
        uint80 price,
        bytes32 seedHash,
        uint32 epoch,
        uint40 expiry,
        uint256 deadline
    );
    /// @notice Emitted when the provider's signed result was posted; the judge may act until `deadline`.
    event Submitted(
        bytes32 indexed jobHash,
        address indexed creator,
        address indexed provider,
        bytes32 resultHash,
        uint256 deadline
    );
    /// @notice Emitted when the judge gave up its seed; the provider must reveal its own until `deadline`.
    event Challenged(
        bytes32 indexed jobHash,
        address indexed creator,
        address indexed provider,
        bytes32 creatorSeed,
        bool audit,
        uint256 deadline
    );
    /// @notice Emitted when both seeds are out, so the mediators are known; they have until `deadline`.
    event Drawn(
        bytes32 indexed jobHash,
        address indexed creator,
        address indexed provider,
        bytes32 providerSeed,
        uint256 deadline
    );
    /// @notice Emitted for each verdict that counted, with what its mediator was paid.
    event VerdictGiven(
        bytes32 indexed jobHash,
        address indexed mediator,
        Outcome outcome,
        bytes32 transcriptHash,
        uint256 fee
    );
    /// @notice Emitted when a deal ended and its money was shared out; `resultHash` is 0 if none came in.
    event Closed(
        bytes32 indexed jobHash,
        address indexed creator,
        address indexed provider,
        Path path,
        bytes32 resultHash
    );
    /// @notice Emitted for a batch entry that had no effect.
    event Skipped(bytes32 indexed jobHash, uint256 index, Reason reason);

    error ConfigInvalidBounds();
    error ConfigInvalidSink();
    /// @dev The token moved another amount than asked, or there is more of it than accounts can count.
    error DepositAmountMismatch(uint256 expected, uint256 held);
    error AccountInsufficientFunds(address account, uint256 free, uint256 needed);
    error OfferNotCreator(address sender);
    error DealNotJudge(address sender);
    error DealWrongState(bytes32 jobHash, State state);
    error DealFactsMismatch(bytes32 jobHash);
    error DealTooLate(uint256 deadline);
    error DealTooEarly(uint256 deadline);
    error DealSeedMismatch();
    error DealInvalidSignature(address expected);
    error CaseInvalidPanel();
    error CaseTooFewVotes(uint256 votes, uint256 threshold);
    error CaseInvalidSeat(uint256 seat);
    error CaseInvalidOutcome();

    /// @notice Moves `amount` of the sender's tokens in, for `account`. Needs an allowance.
    function deposit(address account, uint256 amount) external;

    /// @notice Deposits for the sender with an ERC-2612 permit. A permit that somebody else already used is no
    /// error as long as the allowance is there.
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Moves `amount` of the sender's free balance out to `to`.
    function withdraw(address to, uint256 amount) external;

    /// @notice Voids every offer and deal the sender has signed or approved and that is not open yet.
    function bumpEpoch() external;

    /// @notice Stands in for the creator's signature, for creators that are contracts.
    /// @return jobHash the key of the deal
    function approve(JobOffer calldata offer) external returns (bytes32 jobHash);

    /// @notice Locks payment and stakes of each entry; a bad entry is skipped with a Skipped event.
    function open(Opening[] calldata openings) external;

    /// @notice Pays the provider of each entry by a receipt; a bad entry is skipped with a Skipped event.
    /// Anyone may call; a receipt counts until mediators are drawn, whatever the deadlines.
    function settle(Settling[] calldata settlings) external;

    /// @notice Posts the provider's signed result. Anyone may call until the deadline; the first one stays.
    function submit(Facts calldata facts, Signature calldata providerSignature) external;

    /// @notice Doubts the result, or starts the audit the coin asks for. Only the judge, until the deadline.
    function challenge(Facts calldata facts, bytes32 creatorSeed) external;

    /// @notice Opens the provider's commitment, which draws the mediators. Anyone may call until the deadline.
    function reveal(Facts calldata facts, bytes32 providerSeed) external;

    /// @notice Ends a case by the verdicts of drawn mediators, in ascending seats: `panel.threshold` of them on
    /// `outcome`. All that are passed are paid. Anyone may call until the deadline.
    function resolve(
        Facts calldata facts,
        bytes32 creatorSeed,
        bytes32 providerSeed,
        Panel calldata panel,
        Outcome outcome,
        Vote[] calldata votes
    ) external;

    /// @notice Ends a deal whose deadline has passed, in any state. Anyone may call.
    /// @param creatorSeed needed only for a drawn deal with audits, else ignored
    function expire(Facts calldata facts, bytes32 creatorSeed) external;

    /// @notice Where a deal stands.
    /// @return state None for a job never seen here
    /// @return path how it ended, or None
    /// @return deadline of the present state in seconds since 1970, 0 when final or not open
    /// @return digest the first 26 bytes of the result's hash when final, else of the facts
    function outcome(bytes32 jobHash)
        external
        view
        returns (State state, Path path, uint40 deadline, bytes26 digest);

    /// @notice The one token of all balances.
    function token() external view returns (IERC20);

    /// @notice What an account can withdraw or lock, and the epoch its signatures must carry.
    function account(address owner) external view returns (uint128 free, uint32 epoch);
}
