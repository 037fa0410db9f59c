// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPluginRegistry} from "./interfaces/IPluginRegistry.sol";

/// @title Who stands behind which plugin
/// @notice Each publisher speaks for itself: an entry belongs to a digest and an address together, so whoever is first
/// with another's digest gains nothing. Operators decide which publishers they believe.
/// Protects: an entry from everybody but its publisher, and a revocation from being taken back.
/// Does not protect: from a publisher that stands up for a bad plugin.
/// Who can move funds: nobody, there are none. There is no owner.
contract PluginRegistry is IPluginRegistry {
    struct Entry {
        string[] hooks;
        string uri;
        bool revoked;
    }

    uint256 private constant MAX_HOOKS = 8;
    uint256 private constant MAX_HOOK = 32;
    uint256 private constant MAX_TEXT = 512;

    mapping(bytes32 digest => mapping(address publisher => Entry)) private _entries;

    /// @inheritdoc IPluginRegistry
    function publish(bytes32 digest, string[] calldata hooks, string calldata uri) external {
        if (digest == 0) revert PluginDigestMissing();
        if (hooks.length == 0 || hooks.length > MAX_HOOKS) revert PluginInvalidHooks();
        if (bytes(uri).length > MAX_TEXT) revert PluginTextTooLong(bytes(uri).length);
        Entry storage entry = _entries[digest][msg.sender];
        if (entry.revoked) revert PluginIsRevoked(digest, msg.sender);
        delete entry.hooks;
        for (uint256 i = 0; i < hooks.length; ++i) {
            uint256 length = bytes(hooks[i]).length;
            if (length == 0 || length > MAX_HOOK) revert PluginInvalidHooks();
            entry.hooks.push(hooks[i]);
        }
        entry.uri = uri;
        emit Published(digest, msg.sender, hooks, uri);
    }

    /// @inheritdoc IPluginRegistry
    function revoke(bytes32 digest, string calldata reason) external {
        Entry storage entry = _entries[digest][msg.sender];
        if (entry.hooks.length == 0) revert PluginNotPublished(digest, msg.sender);
        if (entry.revoked) revert PluginIsRevoked(digest, msg.sender);
        if (bytes(reason).length > MAX_TEXT) revert PluginTextTooLong(bytes(reason).length);
        entry.revoked = true;
        emit Revoked(digest, msg.sender, reason);
    }

    /// @inheritdoc IPluginRegistry
    function publication(bytes32 digest, address publisher)
        external
        view
        returns (string[] memory hooks, string memory uri, bool revoked)
    {
        Entry storage entry = _entries[digest][publisher];
        return (entry.hooks, entry.uri, entry.revoked);
    }
}
