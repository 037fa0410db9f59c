// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IJobClient} from "./interfaces/IJobClient.sol";
import {ISettlement} from "./interfaces/ISettlement.sol";
import {JobOffer, Path, State} from "./types/Terms.sol";
import {Outputs, outputsHash} from "./types/Work.sol";

/// @title Base of a contract that orders work and is told the result
/// @notice Such a contract is its own creator, with an account of its own in Settlement: what it pays for is taken
/// from nobody else. It names a key as the judge of its jobs, since a contract signs nothing.
/// Protects: from results that were not settled, from a result delivered twice, and from a caller that sends too
/// little gas in the hope that the outcome is lost.
/// Does not protect: from a judge that signs receipts for bad results.
/// Who can move funds: Settlement, as the orders say; the deriving contract, which alone can order, deposit and
/// withdraw, and must say who may ask it to.
abstract contract JobClient is IJobClient {
    using SafeERC20 for IERC20;

    /// @dev Gas for what happens between the check and the call: the call itself and its arguments.
    uint256 private constant CALL_RESERVE = 10_000;

    /// @inheritdoc IJobClient
    ISettlement public immutable settlement;
    /// @inheritdoc IJobClient
    address public immutable judge;
    /// @notice What the deriving contract's code gets to take note of an outcome.
    uint256 public immutable deliveryGas;

    mapping(bytes32 jobHash => Stage) private _stages;

    constructor(ISettlement settlement_, address judge_, uint256 deliveryGas_) {
        (settlement, judge, deliveryGas) = (settlement_, judge_, deliveryGas_);
    }

    /// @inheritdoc IJobClient
    function deliver(bytes32 jobHash, Outputs calldata outputs) external returns (bool delivered) {
        Stage stage = _stages[jobHash];
        if (stage != Stage.Ordered) revert JobWrongStage(jobHash, stage);
        (State state, Path path,, bytes26 digest) = settlement.outcome(jobHash);
        if (state != State.Final) revert JobNotFinal(jobHash, state);
        // The chain keeps 26 bytes of a result. The hash is made here, so that no caller can choose the others.
        if (_stands(path) && bytes26(outputsHash(outputs)) != digest) revert JobWrongOutputs(jobHash);

        _stages[jobHash] = Stage.Delivered; // before the call: the code below may call back
        // A call gets at most 63/64 of the gas that is left (EIP-150). With less than it needs the deriving
        // contract's code could fail where it would not, and what it calls could fail unseen.
        uint256 given = gasleft();
        uint256 needed = deliveryGas + CALL_RESERVE;
        if (given - given / 64 < needed) revert JobTooLittleGas(given, needed);
        try this.take{gas: deliveryGas}(jobHash, outputs, path) {
            emit Delivered(jobHash, path);
            return true;
        } catch (bytes memory reason) {
            _stages[jobHash] = Stage.Ordered;
            emit DeliveryFailed(jobHash, reason);
        }
    }

    /// @notice Called by this contract alone, so that a failure undoes all that the deriving contract did.
    function take(bytes32 jobHash, Outputs calldata outputs, Path path) external {
        if (msg.sender != address(this)) revert JobNotSelf(msg.sender);
        if (_stands(path)) _onResult(jobHash, outputs, path);
        else _onFailure(jobHash, path);
    }

    /// @inheritdoc IJobClient
    function stageOf(bytes32 jobHash) external view returns (Stage) {
        return _stages[jobHash];
    }

    /// @notice The deal ended with a result that was paid in full. Look at `outputs.status`: a program that
    /// failed is paid, too. `path` tells a careful contract what the result was tried by.
    function _onResult(bytes32 jobHash, Outputs calldata outputs, Path path) internal virtual;

    /// @notice The deal ended without a result to rely on; the money is back as the path says.
    function _onFailure(bytes32 jobHash, Path path) internal virtual;

    /// @dev The offer must name this contract as creator, its judge, and its account's epoch. Locks no money: that
    /// happens when a solver or anyone it allows opens the deal.
    function _order(JobOffer memory offer) internal returns (bytes32 jobHash) {
        if (offer.judge != judge) revert JobWrongJudge(offer.judge);
        jobHash = settlement.approve(offer);
        _stages[jobHash] = Stage.Ordered;
        emit Ordered(jobHash, offer);
    }

    /// @dev Voids all orders that are not open yet.
    function _cancel() internal {
        settlement.bumpEpoch();
    }

    /// @dev Moves tokens that this contract holds into its account.
    function _deposit(uint256 amount) internal {
        settlement.token().forceApprove(address(settlement), amount);
        settlement.deposit(address(this), amount);
    }

    /// @dev Moves free money of its account to `to`.
    function _withdraw(address to, uint256 amount) internal {
        settlement.withdraw(to, amount);
    }

    /// @dev Whether the provider was paid in full, which is what makes a result count.
    function _stands(Path path) private pure returns (bool) {
        return path == Path.Receipt || path == Path.Unjudged || path == Path.AuditDodged
            || path == Path.UpheldChallenge || path == Path.UpheldAudit || path == Path.Late
            || path == Path.NoVerdictAudit;
    }
}
