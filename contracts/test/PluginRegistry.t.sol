// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PluginRegistry} from "../src/PluginRegistry.sol";
import {IPluginRegistry} from "../src/interfaces/IPluginRegistry.sol";
import {Test} from "./utils/Test.sol";

contract PluginRegistryTest is Test {
    bytes32 private constant DIGEST = keccak256("plugin");
    address private constant PUBLISHER = address(0x9B);
    address private constant STRANGER = address(0xBAD);

    PluginRegistry private registry = new PluginRegistry();

    function test_publish_putsANameToAPlugin() external {
        string[] memory hooks = _hooks(2, "match");
        hooks[1] = "admit";
        vm.expectEmit(address(registry));
        emit IPluginRegistry.Published(DIGEST, PUBLISHER, hooks, "oci://plugin");
        vm.prank(PUBLISHER);
        registry.publish(DIGEST, hooks, "oci://plugin");
        _assertPublication(PUBLISHER, hooks, "oci://plugin", false);
    }

    function test_publish_againReplaces() external {
        _publish(PUBLISHER, _hooks(3, "match"), "oci://old");
        _publish(PUBLISHER, _hooks(1, "allow"), "oci://new");
        _assertPublication(PUBLISHER, _hooks(1, "allow"), "oci://new", false);
    }

    /// @dev Who copies a digest from the waiting transactions and is first with it gains nothing.
    function test_attack_digestSquatting() external {
        _publish(STRANGER, _hooks(1, "match"), "oci://evil");
        vm.prank(STRANGER);
        registry.revoke(DIGEST, "");
        _publish(PUBLISHER, _hooks(1, "match"), "oci://good");
        _assertPublication(PUBLISHER, _hooks(1, "match"), "oci://good", false);
        _assertPublication(STRANGER, _hooks(1, "match"), "oci://evil", true);
    }

    function test_publish_reverts() external {
        vm.startPrank(PUBLISHER);
        vm.expectRevert(IPluginRegistry.PluginDigestMissing.selector);
        registry.publish(0, _hooks(1, "match"), "");
        string[][] memory bad = new string[][](4);
        bad[0] = _hooks(0, "");
        bad[1] = _hooks(9, "match");
        bad[2] = _hooks(1, "");
        bad[3] = _hooks(1, string(new bytes(33)));
        for (uint256 i = 0; i < bad.length; ++i) {
            vm.expectRevert(IPluginRegistry.PluginInvalidHooks.selector);
            registry.publish(DIGEST, bad[i], "");
        }
        vm.expectRevert(abi.encodeWithSelector(IPluginRegistry.PluginTextTooLong.selector, 513));
        registry.publish(DIGEST, _hooks(1, "match"), string(new bytes(513)));
    }

    function test_publish_acceptsTheLongest() external {
        _publish(PUBLISHER, _hooks(8, string(new bytes(32))), string(new bytes(512)));
        _assertPublication(PUBLISHER, _hooks(8, string(new bytes(32))), string(new bytes(512)), false);
    }

    function test_revoke_isForEver() external {
        _publish(PUBLISHER, _hooks(1, "match"), "oci://plugin");
        vm.startPrank(PUBLISHER);
        vm.expectRevert(abi.encodeWithSelector(IPluginRegistry.PluginTextTooLong.selector, 513));
        registry.revoke(DIGEST, string(new bytes(513)));
        string memory reason = string(new bytes(512));
        vm.expectEmit(address(registry));
        emit IPluginRegistry.Revoked(DIGEST, PUBLISHER, reason);
        registry.revoke(DIGEST, reason);
        _assertPublication(PUBLISHER, _hooks(1, "match"), "oci://plugin", true);

        bytes memory revoked =
            abi.encodeWithSelector(IPluginRegistry.PluginIsRevoked.selector, DIGEST, PUBLISHER);
        vm.expectRevert(revoked);
        registry.publish(DIGEST, _hooks(1, "match"), "");
        vm.expectRevert(revoked);
        registry.revoke(DIGEST, "");
    }

    function test_revoke_revertsForOthers() external {
        _publish(PUBLISHER, _hooks(1, "match"), "");
        vm.expectRevert(abi.encodeWithSelector(IPluginRegistry.PluginNotPublished.selector, DIGEST, STRANGER));
        vm.prank(STRANGER);
        registry.revoke(DIGEST, "");
    }

    function _publish(address publisher, string[] memory hooks, string memory uri) private {
        vm.prank(publisher);
        registry.publish(DIGEST, hooks, uri);
    }

    function _hooks(uint256 n, string memory hook) private pure returns (string[] memory hooks) {
        hooks = new string[](n);
        for (uint256 i = 0; i < n; ++i) {
            hooks[i] = hook;
        }
    }

    function _assertPublication(address publisher, string[] memory hooks, string memory uri, bool revoked)
        private
        view
    {
        (string[] memory gotHooks, string memory gotUri, bool gotRevoked) =
            registry.publication(DIGEST, publisher);
        vm.assertEq(keccak256(abi.encode(gotHooks)), keccak256(abi.encode(hooks)), "hooks");
        vm.assertEq(keccak256(bytes(gotUri)), keccak256(bytes(uri)), "uri");
        vm.assertEq(gotRevoked, revoked, "revoked");
    }
}
