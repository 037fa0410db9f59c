// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Memory of one batch entry, used again by the next
/// @notice Solidity never frees memory, and its price grows with the square of the size.
/// @dev Nothing allocated after `mark` may be read after `release`.
library Memory {
    function mark() internal pure returns (uint256 end) {
        assembly ("memory-safe") {
            end := mload(0x40)
        }
    }

    function release(uint256 end) internal pure {
        assembly ("memory-safe") {
            mstore(0x40, end)
        }
    }
}
