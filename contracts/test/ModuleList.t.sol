// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {
    GovernorCountingSimple
} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

import {LilyToken} from "../src/LilyToken.sol";
import {ModuleList} from "../src/ModuleList.sol";
import {IModuleList} from "../src/interfaces/IModuleList.sol";
import {Test} from "./utils/Test.sol";

contract ModuleListTest is Test {
    bytes32 private constant MODULE = keccak256("module");
    address private constant STEWARD = address(0x57E);
    address private constant STRANGER = address(0xBAD);

    ModuleList private list = new ModuleList(STEWARD);

    function test_setStanding_saysWhereAModuleStandsAndWhy() external {
        _assertStanding(MODULE, IModuleList.Standing.Unlisted, "");
        _set(IModuleList.Standing.Listed, "");
        _set(IModuleList.Standing.Blocked, "https://example.org/why");
        _assertStanding(keccak256("another"), IModuleList.Standing.Unlisted, "");
        _set(IModuleList.Standing.Unlisted, "https://example.org/mended");
    }

    function test_setStanding_revertsForOthers() external {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, STRANGER));
        vm.prank(STRANGER);
        list.setStanding(MODULE, IModuleList.Standing.Listed, "");
    }

    function test_setStanding_revertsForABlockWithoutAReason() external {
        vm.expectRevert(abi.encodeWithSelector(IModuleList.ModuleReasonMissing.selector, MODULE));
        vm.prank(STEWARD);
        list.setStanding(MODULE, IModuleList.Standing.Blocked, "");
    }

    function test_setStanding_boundsTheReason() external {
        _set(IModuleList.Standing.Blocked, string(new bytes(256)));
        vm.expectRevert(abi.encodeWithSelector(IModuleList.ModuleReasonTooLong.selector, MODULE, 257));
        vm.prank(STEWARD);
        list.setStanding(MODULE, IModuleList.Standing.Listed, string(new bytes(257)));
    }

    function test_steward_isReplacedInTwoSteps() external {
        vm.assertEq(list.owner(), STEWARD, "first");
        vm.prank(STEWARD);
        list.transferOwnership(address(1));
        vm.assertEq(list.owner(), STEWARD, "not yet");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, STRANGER));
        vm.prank(STRANGER);
        list.acceptOwnership();
        vm.prank(address(1));
        list.acceptOwnership();
        vm.assertEq(list.owner(), address(1), "successor");
    }

    function test_steward_cannotAbandonTheList() external {
        vm.expectRevert(IModuleList.StewardRequired.selector);
        vm.prank(STEWARD);
        list.renounceOwnership();
        vm.assertEq(list.owner(), STEWARD, "steward");
    }

    /// @dev Holders of LILY become the steward, then block a module: each by a proposal that they vote for.
    function test_steward_canBeAGovernor() external {
        vm.warp(1000);
        LilyToken token = new LilyToken(address(this), 1e27);
        token.delegate(address(this));
        SmallGovernor governor = new SmallGovernor(token);
        vm.prank(STEWARD);
        list.transferOwnership(address(governor));
        _pass(governor, abi.encodeCall(Ownable2Step.acceptOwnership, ()));
        _pass(
            governor,
            abi.encodeCall(IModuleList.setStanding, (MODULE, IModuleList.Standing.Blocked, "ipfs://why"))
        );
        _assertStanding(MODULE, IModuleList.Standing.Blocked, "ipfs://why");
    }

    function _pass(SmallGovernor governor, bytes memory call) private {
        address[] memory targets = new address[](1);
        targets[0] = address(list);
        uint256[] memory values = new uint256[](1);
        bytes[] memory calls = new bytes[](1);
        calls[0] = call;
        vm.warp(vm.getBlockTimestamp() + 1);
        uint256 id = governor.propose(targets, values, calls, "");
        vm.warp(vm.getBlockTimestamp() + 2);
        governor.castVote(id, 1);
        vm.warp(vm.getBlockTimestamp() + 101);
        governor.execute(targets, values, calls, keccak256(""));
    }

    function _set(IModuleList.Standing standing, string memory reason) private {
        vm.expectEmit(address(list));
        emit IModuleList.StandingChanged(MODULE, standing, reason);
        vm.prank(STEWARD);
        list.setStanding(MODULE, standing, reason);
        _assertStanding(MODULE, standing, reason);
    }

    function _assertStanding(bytes32 module, IModuleList.Standing want, string memory why) private view {
        (IModuleList.Standing got, string memory reason) = list.standingOf(module);
        vm.assertEq(uint256(got), uint256(want), "standing");
        vm.assertEq(keccak256(bytes(reason)), keccak256(bytes(why)), "reason");
    }
}

/// @notice The least Governor: all proposals pass that anybody votes for.
contract SmallGovernor is Governor, GovernorCountingSimple, GovernorVotes {
    constructor(IVotes token) Governor("Small") GovernorVotes(token) {}

    function votingDelay() public pure override returns (uint256) {
        return 1;
    }

    function votingPeriod() public pure override returns (uint256) {
        return 100;
    }

    function quorum(uint256) public pure override returns (uint256) {
        return 1;
    }
}
