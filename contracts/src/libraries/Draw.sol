// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who sits on a case
/// @notice A partial Fisher-Yates shuffle: for i = 0..k-1 swap member i with member
/// j = i + uint256(keccak256(abi.encode(seed, i))) % (n - i); the first k members are drawn, seat i is member i.
library Draw {
    uint256 internal constant ADDRESS_BYTES = 20;

    /// @notice Neither side knows this before both seeds are out.
    function seedOf(bytes32 creatorSeed, bytes32 providerSeed, bytes32 dealHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(creatorSeed, providerSeed, dealHash));
    }

    /// @notice The drawn mediators in seat order; needs k <= members.length.
    function seats(bytes32 seed, address[] memory members, uint256 k)
        internal
        pure
        returns (address[] memory drawn)
    {
        uint256 n = members.length;
        drawn = new address[](k);
        for (uint256 i = 0; i < k; ++i) {
            uint256 j = i + uint256(keccak256(abi.encode(seed, i))) % (n - i);
            (drawn[i], members[j]) = (members[j], members[i]);
        }
    }

    /// @notice The members of a packed list, and whether they are whole addresses in strictly ascending order.
    function unpack(bytes calldata packed) internal pure returns (address[] memory members, bool ok) {
        uint256 n = packed.length / ADDRESS_BYTES;
        members = new address[](n);
        ok = packed.length == n * ADDRESS_BYTES;
        address previous;
        for (uint256 i = 0; i < n; ++i) {
            address member = address(bytes20(packed[i * ADDRESS_BYTES:(i + 1) * ADDRESS_BYTES]));
            if (member <= previous) ok = false;
            members[i] = previous = member;
        }
    }
}
