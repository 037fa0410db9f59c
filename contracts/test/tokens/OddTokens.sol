// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Settlement} from "../../src/Settlement.sol";

/// @notice Mints to whoever asks.
contract FreeToken is ERC20("Free", "FREE") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice Returns nothing, as some old tokens do.
contract SilentToken {
    mapping(address owner => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Says false and moves nothing.
contract RefusingToken is FreeToken {
    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @notice Keeps one in a hundred of each transfer.
contract FeeToken is FreeToken {
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && to != address(0)) super._update(to, address(0xFEE), value / 100);
    }
}

/// @notice Adds one to each transfer.
contract GenerousToken is FreeToken {
    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _mint(to, 1);
        return super.transferFrom(from, to, amount);
    }
}

/// @notice Looks at its receiver's account while it pays it.
contract CuriousToken is FreeToken {
    uint256 public seen;

    function transfer(address to, uint256 amount) public override returns (bool) {
        (seen,) = Settlement(msg.sender).account(to);
        return super.transfer(to, amount);
    }
}

/// @notice Asked to move tokens, it moves none but deposits as many of its own.
contract ReenteringToken is FreeToken {
    Settlement private _target;

    function arm(Settlement target) external {
        _target = target;
        _approve(address(this), address(target), type(uint256).max);
    }

    function transfer(address, uint256 amount) public override returns (bool) {
        _target.deposit(address(this), amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (from == address(this) || address(_target) == address(0)) {
            return super.transferFrom(from, to, amount);
        }
        _target.deposit(address(this), amount);
        return true;
    }
}
