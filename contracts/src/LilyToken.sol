// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title The token jobs are paid in
/// @notice Protects: the supply. All of it exists from the start, and nobody can mint, burn, pause or take.
/// Does not protect: a holder who signs a permit for a stranger.
/// Who can move funds: the holder, and whom the holder allowed by approve or permit.
/// @dev Votes are counted by timestamp, since block numbers on Arbitrum are those of its parent chain.
contract LilyToken is ERC20, ERC20Permit, ERC20Votes {
    /// @param holder receives the whole supply
    /// @param supply in wei; Votes limits it to 2^208 - 1
    constructor(address holder, uint256 supply) ERC20("Lily", "LILY") ERC20Permit("Lily") {
        _mint(holder, supply);
    }

    /// @notice The voting clock: seconds since 1970 (ERC-6372).
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice The same in words for tools (ERC-6372).
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
