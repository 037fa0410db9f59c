// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Draw} from "../src/libraries/Draw.sol";
import {Test} from "./utils/Test.sol";

contract DrawTest is Test {
    function testFuzz_seats_areDistinctMembers(bytes32 seed, uint8 rawSize, uint8 rawSeats) external pure {
        uint256 n = _between(rawSize, 1, 32);
        uint256 k = _between(rawSeats, 1, n);
        address[] memory drawn = Draw.seats(seed, _members(n), k);
        vm.assertEq(drawn.length, k, "seats");
        uint256 seen;
        for (uint256 i = 0; i < k; ++i) {
            uint256 bit = 1 << uint160(drawn[i]);
            vm.assertTrue(uint160(drawn[i]) >= 1 && uint160(drawn[i]) <= n, "not a member");
            vm.assertTrue(seen & bit == 0, "drawn twice");
            seen |= bit;
        }
    }

    /// @dev Over 1600 draws of 3 from 16 each member is expected 300 times; 5 standard deviations are 78.
    function test_seats_favourNobody() external pure {
        uint256[17] memory counts;
        for (uint256 round = 0; round < 1600; ++round) {
            address[] memory drawn = Draw.seats(keccak256(abi.encode("round", round)), _members(16), 3);
            for (uint256 i = 0; i < 3; ++i) {
                ++counts[uint160(drawn[i])];
            }
        }
        for (uint256 member = 1; member <= 16; ++member) {
            vm.assertTrue(counts[member] > 222 && counts[member] < 378, "a member is favoured");
        }
    }

    function test_unpack_acceptsAscending() external view {
        (address[] memory members, bool ok) =
            this.unpack(abi.encodePacked(address(3), address(5), address(type(uint160).max)));
        vm.assertTrue(ok, "refused");
        vm.assertEq(members.length, 3, "length");
        vm.assertEq(members[1], address(5), "member");
    }

    function test_unpack_refusesZeroTwinsDisorderAndParts() external view {
        bytes[4] memory bad = [
            abi.encodePacked(address(0)),
            abi.encodePacked(address(3), address(3)),
            abi.encodePacked(address(5), address(3)),
            abi.encodePacked(address(3), uint8(1))
        ];
        for (uint256 i = 0; i < bad.length; ++i) {
            (, bool ok) = this.unpack(bad[i]);
            vm.assertTrue(!ok, "accepted");
        }
    }

    function unpack(bytes calldata packed) external pure returns (address[] memory, bool) {
        return Draw.unpack(packed);
    }

    function _members(uint256 n) private pure returns (address[] memory members) {
        members = new address[](n);
        for (uint256 i = 0; i < n; ++i) {
            members[i] = address(uint160(i + 1));
        }
    }
}
