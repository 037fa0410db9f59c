// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {JobClient} from "../src/JobClient.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {JobOffer, Path} from "../src/types/Terms.sol";
import {Outputs, Status, Work, workHash} from "../src/types/Work.sol";

/// @title A contract that has a cow say something
/// @notice The owner orders a run of the cowsay module; when the deal is final, anyone delivers the result and the
/// contract keeps its content id. After a failure the owner orders again, with another nonce.
/// Who can move funds: the owner alone orders, cancels and withdraws; anyone may deposit.
contract CowsayClient is JobClient, Ownable {
    uint256 private constant DELIVERY_GAS = 100_000;

    /// @notice The only module this contract pays for.
    bytes32 public immutable module;

    /// @notice The content id of what the cow said, by job.
    mapping(bytes32 jobHash => bytes32 blob) public said;

    /// @notice Emitted when a result came in.
    event Said(bytes32 indexed jobHash, bytes32 blob);
    /// @notice Emitted when a job ended without one: the deal failed, or the program did.
    event Silent(bytes32 indexed jobHash, Path path);

    error CowsayWrongModule(bytes32 module);
    error CowsayWrongWork(bytes32 work);

    /// @param judge_ the key that signs receipts and challenges for this contract's jobs
    /// @param module_ the id of the cowsay module
    constructor(ISettlement settlement_, address owner_, address judge_, bytes32 module_)
        JobClient(settlement_, judge_, DELIVERY_GAS)
        Ownable(owner_)
    {
        module = module_;
    }

    /// @notice Orders a run. The account in Settlement must hold price, stake and solver's fee by the time the deal
    /// is opened.
    /// @param work what the offer names by its hash; its module must be cowsay
    function order(Work calldata work, JobOffer calldata offer) external onlyOwner returns (bytes32 jobHash) {
        if (work.module != module) revert CowsayWrongModule(work.module);
        if (workHash(work) != offer.work) revert CowsayWrongWork(offer.work);
        return _order(offer);
    }

    /// @notice Voids all orders that no provider has taken yet.
    function cancel() external onlyOwner {
        _cancel();
    }

    /// @notice Moves tokens that were sent to this contract into its account.
    function deposit(uint256 amount) external {
        _deposit(amount);
    }

    /// @notice Moves free money of this contract's account to `to`.
    function withdraw(address to, uint256 amount) external onlyOwner {
        _withdraw(to, amount);
    }

    function _onResult(bytes32 jobHash, Outputs calldata outputs, Path path) internal override {
        if (outputs.status != Status.Succeeded) return _onFailure(jobHash, path);
        said[jobHash] = outputs.blob;
        emit Said(jobHash, outputs.blob);
    }

    function _onFailure(bytes32 jobHash, Path path) internal override {
        emit Silent(jobHash, path);
    }
}
