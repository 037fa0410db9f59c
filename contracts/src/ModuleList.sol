// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {IModuleList} from "./interfaces/IModuleList.sol";

/// @title The modules that a steward lists or blocks
/// @notice Creators, solvers and providers who follow this list refuse a blocked module in new deals. Deals that are
/// open go on: no contract that holds money reads this one.
/// Protects: the list from everybody but one steward, and the steward's place from a slip: a successor must accept.
/// Does not protect: from a steward that blocks without cause; who disagrees follows another list.
/// Who can move funds: nobody, there are none. The steward is the owner; a person at first, later perhaps a Governor.
contract ModuleList is IModuleList, Ownable2Step {
    struct Entry {
        Standing standing;
        string reason;
    }

    uint256 private constant MAX_REASON = 256;

    mapping(bytes32 module => Entry) private _entries;

    /// @param steward the first owner
    constructor(address steward) Ownable(steward) {}

    /// @inheritdoc IModuleList
    function setStanding(bytes32 module, Standing standing, string calldata reason) external onlyOwner {
        uint256 length = bytes(reason).length;
        if (standing == Standing.Blocked && length == 0) revert ModuleReasonMissing(module);
        if (length > MAX_REASON) revert ModuleReasonTooLong(module, length);
        _entries[module] = Entry(standing, reason);
        emit StandingChanged(module, standing, reason);
    }

    /// @notice Always reverts: a steward leaves by naming a successor.
    function renounceOwnership() public pure override {
        revert StewardRequired();
    }

    /// @inheritdoc IModuleList
    function standingOf(bytes32 module) external view returns (Standing standing, string memory reason) {
        Entry storage entry = _entries[module];
        return (entry.standing, entry.reason);
    }
}
