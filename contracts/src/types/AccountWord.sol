// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice An account in one storage word: free balance (128 bits, lowest) and epoch (32 bits above).
/// @dev A struct of the two would be read again for each write: 100 gas, six times in the life of a deal.
type AccountWord is uint256;

using {free, epoch, add, sub, bump} for AccountWord global;

uint256 constant EPOCH_SHIFT = 128;

/// @notice What can be withdrawn or locked, in wei of the token.
function free(AccountWord account) pure returns (uint128) {
    return uint128(AccountWord.unwrap(account));
}

/// @notice What signatures of the account's owner must carry.
function epoch(AccountWord account) pure returns (uint32) {
    return uint32(AccountWord.unwrap(account) >> EPOCH_SHIFT);
}

/// @dev Reverts where the balance would not fit, like all arithmetic here.
function add(AccountWord account, uint256 amount) pure returns (AccountWord) {
    uint256 sum = AccountWord.unwrap(account) + amount;
    assert(sum >> EPOCH_SHIFT == epoch(account));
    return AccountWord.wrap(sum);
}

/// @dev Reverts where the balance does not suffice.
function sub(AccountWord account, uint256 amount) pure returns (AccountWord) {
    assert(amount <= free(account));
    return AccountWord.wrap(AccountWord.unwrap(account) - amount);
}

/// @dev Reverts after four billion epochs.
function bump(AccountWord account) pure returns (AccountWord) {
    return AccountWord.wrap(uint256(epoch(account) + 1) << EPOCH_SHIFT | free(account));
}
