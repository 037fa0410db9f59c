// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {JobOffer, Path, State} from "../types/Terms.sol";
import {Outputs} from "../types/Work.sol";
import {ISettlement} from "./ISettlement.sol";

/// @title A contract that orders work
interface IJobClient {
    /// @notice Where an order stands with this contract.
    enum Stage {
        None,
        Ordered,
        Delivered
    }

    /// @notice Emitted when the contract approved an offer; whoever reads this can bring it to the market.
    event Ordered(bytes32 indexed jobHash, JobOffer offer);
    /// @notice Emitted when the contract took note of how the job ended.
    event Delivered(bytes32 indexed jobHash, Path path);
    /// @notice Emitted when the contract's own code failed on the outcome; `deliver` may be called again.
    event DeliveryFailed(bytes32 indexed jobHash, bytes reason);

    error JobWrongJudge(address judge);
    error JobWrongStage(bytes32 jobHash, Stage stage);
    error JobNotFinal(bytes32 jobHash, State state);
    error JobWrongOutputs(bytes32 jobHash);
    error JobTooLittleGas(uint256 given, uint256 needed);
    error JobNotSelf(address sender);

    /// @notice Tells the contract how one of its jobs ended. Anyone may call once the deal is final, and again when
    /// the contract failed on it.
    /// @param outputs what the deal's result is the hash of; ignored when the deal ended without a result to rely on
    /// @return delivered whether the contract took note
    function deliver(bytes32 jobHash, Outputs calldata outputs) external returns (bool delivered);

    /// @notice Where an order stands.
    function stageOf(bytes32 jobHash) external view returns (Stage);

    /// @notice The contract that holds its money and settles its jobs.
    function settlement() external view returns (ISettlement);

    /// @notice The key that signs receipts and challenges for its jobs.
    function judge() external view returns (address);
}
