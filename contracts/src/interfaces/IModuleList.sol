// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What a steward says of modules
interface IModuleList {
    /// @notice A module of which nothing was said is Unlisted.
    enum Standing {
        Unlisted,
        Listed,
        Blocked
    }

    /// @notice Emitted when the steward gave a module a standing; `reason` is a URI that says why.
    event StandingChanged(bytes32 indexed module, Standing indexed standing, string reason);

    /// @dev A block without a reason cannot be judged by anybody.
    error ModuleReasonMissing(bytes32 module);
    error ModuleReasonTooLong(bytes32 module, uint256 length);
    /// @dev There is always a steward: an abandoned list could never lift a block.
    error StewardRequired();

    /// @notice Says where a module stands from now on. Only the steward, who is the contract's owner.
    /// @param module the module id that work names
    /// @param reason a URI of at most 256 bytes; must not be empty for a block
    function setStanding(bytes32 module, Standing standing, string calldata reason) external;

    /// @notice Where a module stands, and why.
    function standingOf(bytes32 module) external view returns (Standing standing, string memory reason);
}
