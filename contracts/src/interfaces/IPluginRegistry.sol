// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What publishers say of their plugins
interface IPluginRegistry {
    /// @notice Emitted when `publisher` stood up for a plugin, or changed where it is found.
    event Published(bytes32 indexed digest, address indexed publisher, string[] hooks, string uri);
    /// @notice Emitted when `publisher` withdrew a plugin for ever; `reason` is a URI that says why.
    event Revoked(bytes32 indexed digest, address indexed publisher, string reason);

    error PluginDigestMissing();
    /// @dev Between 1 and 8 hooks of 1 to 32 bytes each.
    error PluginInvalidHooks();
    error PluginTextTooLong(uint256 length);
    error PluginNotPublished(bytes32 digest, address publisher);
    error PluginIsRevoked(bytes32 digest, address publisher);

    /// @notice Puts the sender's name to a plugin. Again for the same digest: replaces hooks and URI.
    /// @param digest SHA-256 of the plugin's wasm file, as deals name it
    /// @param hooks what it decides, such as "match" or "mediate"
    /// @param uri where file and manifest are found, at most 512 bytes
    function publish(bytes32 digest, string[] calldata hooks, string calldata uri) external;

    /// @notice Withdraws the sender's name from a plugin it published. Cannot be undone.
    /// @param reason a URI of at most 512 bytes
    function revoke(bytes32 digest, string calldata reason) external;

    /// @notice What a publisher says of a plugin; no hooks if nothing.
    function publication(bytes32 digest, address publisher)
        external
        view
        returns (string[] memory hooks, string memory uri, bool revoked);
}
