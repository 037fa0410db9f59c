// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountWord} from "../src/types/AccountWord.sol";
import {Test} from "./utils/Test.sol";

contract AccountWordTest is Test {
    function testFuzz_free_movesWithoutTouchingTheEpoch(uint128 free, uint32 epoch, uint128 x) external view {
        AccountWord word = _word(free, epoch);
        vm.assertEq(word.free(), free, "free");
        vm.assertEq(word.epoch(), epoch, "epoch");
        uint256 up = _between(x, 0, type(uint128).max - free);
        vm.assertEq(
            AccountWord.unwrap(this.add(word, up)), AccountWord.unwrap(_word(free + up, epoch)), "add"
        );
        uint256 down = _between(x, 0, free);
        vm.assertEq(
            AccountWord.unwrap(this.sub(word, down)), AccountWord.unwrap(_word(free - down, epoch)), "sub"
        );
    }

    function testFuzz_bump_countsUpAlone(uint128 free, uint32 epoch) external pure {
        if (epoch == type(uint32).max) --epoch;
        AccountWord got = _word(free, epoch).bump();
        vm.assertEq(AccountWord.unwrap(got), AccountWord.unwrap(_word(free, uint256(epoch) + 1)), "bump");
    }

    function testFuzz_limits_areRefused(uint128 free, uint32 epoch, uint256 x) external {
        AccountWord word = _word(free, epoch);
        vm.expectPartialRevert(0x4e487b71); // Panic
        this.sub(word, _between(x, uint256(free) + 1, type(uint256).max - 1));
        vm.expectPartialRevert(0x4e487b71);
        this.add(word, _between(x, uint256(type(uint128).max) - free + 1, type(uint256).max - 1));
        vm.expectPartialRevert(0x4e487b71);
        this.bump(_word(free, type(uint32).max));
    }

    function add(AccountWord word, uint256 amount) external pure returns (AccountWord) {
        return word.add(amount);
    }

    function sub(AccountWord word, uint256 amount) external pure returns (AccountWord) {
        return word.sub(amount);
    }

    function bump(AccountWord word) external pure returns (AccountWord) {
        return word.bump();
    }

    function _word(uint256 free, uint256 epoch) private pure returns (AccountWord) {
        return AccountWord.wrap(epoch * 2 ** 128 + free);
    }
}
