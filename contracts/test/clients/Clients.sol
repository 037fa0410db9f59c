// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {JobClient} from "../../src/JobClient.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {JobOffer, Path, State} from "../../src/types/Terms.sol";
import {Outputs} from "../../src/types/Work.sol";

/// @notice Does all that a client can for whoever asks, and notes what it is told.
contract OpenClient is JobClient {
    Path public path;
    bytes32 public blob;
    uint256 public results;
    uint256 public failures;

    constructor(ISettlement settlement_, address judge_, uint256 gas_) JobClient(settlement_, judge_, gas_) {}

    function order(JobOffer calldata offer) external returns (bytes32) {
        return _order(offer);
    }

    function cancel() external {
        _cancel();
    }

    function deposit(uint256 amount) external {
        _deposit(amount);
    }

    function withdraw(address to, uint256 amount) external {
        _withdraw(to, amount);
    }

    function _onResult(bytes32, Outputs calldata outputs, Path path_) internal virtual override {
        (path, blob) = (path_, outputs.blob);
        ++results;
    }

    function _onFailure(bytes32, Path path_) internal virtual override {
        path = path_;
        ++failures;
    }
}

/// @notice Fails on results until it is mended.
contract FickleClient is OpenClient {
    error Moody(uint256 results);

    bool private _mended;

    constructor(ISettlement settlement_, address judge_) OpenClient(settlement_, judge_, 200_000) {}

    function mend() external {
        _mended = true;
    }

    function _onResult(bytes32 jobHash, Outputs calldata outputs, Path path_) internal override {
        super._onResult(jobHash, outputs, path_);
        if (!_mended) revert Moody(results);
    }
}

/// @notice Asks for the same delivery again while it is told of it.
contract ReenteringClient is OpenClient {
    bytes public answer;

    constructor(ISettlement settlement_, address judge_) OpenClient(settlement_, judge_, 500_000) {}

    function _onResult(bytes32 jobHash, Outputs calldata outputs, Path path_) internal override {
        super._onResult(jobHash, outputs, path_);
        try this.deliver(jobHash, outputs) {}
        catch (bytes memory reason) {
            answer = reason;
        }
    }
}

/// @notice Needs nearly all the gas it asked for.
contract HungryClient is OpenClient {
    uint256 private constant DISPATCH = 2000; // gas from the call to the first line here
    uint256 private constant REST = 100_000; // gas to take note

    constructor(ISettlement settlement_, address judge_, uint256 gas_)
        OpenClient(settlement_, judge_, gas_)
    {}

    function _onResult(bytes32 jobHash, Outputs calldata outputs, Path path_) internal override {
        require(gasleft() >= deliveryGas - DISPATCH, "starved");
        while (gasleft() > REST) {}
        super._onResult(jobHash, outputs, path_);
    }
}

/// @notice Stands in for Settlement where a test wants an outcome out of the blue.
contract FakeSettlement {
    State private _state;
    Path private _path;
    bytes26 private _digest;

    function set(State state, Path path, bytes32 resultHash) external {
        (_state, _path, _digest) = (state, path, bytes26(resultHash));
    }

    function approve(JobOffer calldata offer) external pure returns (bytes32) {
        return keccak256(abi.encode(offer));
    }

    function outcome(bytes32) external view returns (State, Path, uint40, bytes26) {
        return (_state, _path, 0, _digest);
    }
}
