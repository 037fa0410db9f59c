// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LilyToken} from "../src/LilyToken.sol";
import {Test} from "./utils/Test.sol";

contract LilyTokenTest is Test {
    LilyToken private token;

    function setUp() external {
        vm.warp(1000);
        token = new LilyToken(address(this), 1e27);
    }

    function test_constructor_givesAllToTheHolder() external view {
        vm.assertEq(token.totalSupply(), 1e27, "supply");
        vm.assertEq(token.balanceOf(address(this)), 1e27, "holder");
        vm.assertEq(token.decimals(), 18, "decimals");
    }

    function test_clock_isTheTimestamp() external view {
        vm.assertEq(token.clock(), 1000, "clock");
        vm.assertEq(keccak256(bytes(token.CLOCK_MODE())), keccak256("mode=timestamp"), "mode");
    }

    function test_votes_followTheTokensByTime() external {
        token.delegate(address(this));
        vm.warp(2000);
        token.transfer(address(0xBEEF), 4e26);
        vm.warp(2001);
        vm.assertEq(token.getPastVotes(address(this), 1999), 1e27, "before");
        vm.assertEq(token.getPastVotes(address(this), 2000), 6e26, "after");
    }
}
