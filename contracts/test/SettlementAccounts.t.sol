// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Settlement} from "../src/Settlement.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Bounds} from "../src/types/Terms.sol";
import {
    CuriousToken,
    FeeToken,
    FreeToken,
    GenerousToken,
    ReenteringToken,
    RefusingToken,
    SilentToken
} from "./tokens/OddTokens.sol";
import {Market} from "./utils/Market.sol";

contract SettlementAccountsTest is Market {
    function test_deposit_creditsTheNamedAccount() external {
        vm.expectEmit(address(settlement));
        emit ISettlement.Deposited(stranger, 7);
        settlement.deposit(stranger, 7);
        vm.assertEq(_free(stranger), 7, "account");
        vm.assertEq(token.balanceOf(address(settlement)), 2 * FUNDS + 7, "held");
    }

    function testFuzz_withdraw_givesBackWhatWasDeposited(uint96 amount) external {
        uint256 paid = _between(amount, 0, 1e26);
        settlement.deposit(stranger, paid);
        vm.expectEmit(address(settlement));
        emit ISettlement.Withdrawn(stranger, address(0xBEEF), paid);
        vm.prank(stranger);
        settlement.withdraw(address(0xBEEF), paid);
        vm.assertEq(token.balanceOf(address(0xBEEF)), paid, "received");
        vm.assertEq(_free(stranger), 0, "left");
    }

    function test_withdraw_revertsBeyondTheFreeBalance() external {
        _open(_offer());
        uint256 free = FUNDS - PROVIDER_STAKE;
        vm.expectRevert(
            abi.encodeWithSelector(ISettlement.AccountInsufficientFunds.selector, provider, free, free + 1)
        );
        vm.prank(provider);
        settlement.withdraw(provider, free + 1);
    }

    function test_depositWithPermit_needsNoAllowance() external {
        token.transfer(stranger, 100);
        (uint8 v, bytes32 r, bytes32 s) = _permit(100);
        vm.prank(stranger);
        settlement.depositWithPermit(100, START, v, r, s);
        vm.assertEq(_free(stranger), 100, "account");
    }

    function test_depositWithPermit_revertsForAForeignPermit() external {
        token.transfer(stranger, 100);
        (uint8 v, bytes32 r, bytes32 s) = _permit(99);
        vm.expectPartialRevert(0xfb8f41b2); // ERC20InsufficientAllowance
        vm.prank(stranger);
        settlement.depositWithPermit(100, START, v, r, s);
    }

    function test_bumpEpoch_countsUp() external {
        settlement.deposit(stranger, 5);
        vm.expectEmit(address(settlement));
        emit ISettlement.EpochBumped(stranger, 1);
        vm.prank(stranger);
        settlement.bumpEpoch();
        (uint256 free, uint32 epoch) = settlement.account(stranger);
        vm.assertEq(epoch, 1, "epoch");
        vm.assertEq(free, 5, "balance");
    }

    function test_constructor_refusesEmptyBoundsAndSink() external {
        Bounds[4] memory bad =
            [Bounds(0, 1, 1, 1), Bounds(2, 1, 1, 1), Bounds(1, 1, 0, 1), Bounds(1, 1, 2, 1)];
        for (uint256 i = 0; i < bad.length; ++i) {
            vm.expectRevert(ISettlement.ConfigInvalidBounds.selector);
            this.deploy(sink, bad[i]);
        }
        vm.expectRevert(ISettlement.ConfigInvalidSink.selector);
        this.deploy(address(0), Bounds(1, 1, 1, 1));
        this.deploy(address(1), Bounds(1, 1, 1, 1));
        this.deploy(sink, Bounds(3, 4, 1, 2));
        this.deploy(sink, Bounds(1, 2, 3, 4));
    }

    /// @dev A call of its own: where tests are linked to contracts late, a creation that reverts ends its caller.
    function deploy(address sink_, Bounds calldata bounds) external {
        new Settlement(token, sink_, bounds);
    }

    function test_bounds_areTheConstructors() external view {
        Bounds memory got = settlement.bounds();
        vm.assertEq(
            keccak256(abi.encode(got)), keccak256(abi.encode(Bounds(10, 1 days, 20, 2 days))), "bounds"
        );
        vm.assertEq(settlement.sink(), sink, "sink");
        vm.assertEq(address(settlement.token()), address(token), "token");
    }

    function test_deposit_worksWithATokenThatReturnsNothing() external {
        SilentToken odd = new SilentToken();
        odd.mint(address(this), 10);
        Settlement s = _settlementOf(address(odd));
        s.deposit(address(this), 10);
        s.withdraw(stranger, 4);
        vm.assertEq(odd.balanceOf(stranger), 4, "received");
    }

    function test_deposit_revertsWhenTheTokenRefuses() external {
        RefusingToken odd = new RefusingToken();
        Settlement s = _settlementOf(address(odd));
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(odd)));
        s.deposit(address(this), 10);
    }

    function test_deposit_revertsWhenTheTokenTakesAFee() external {
        FeeToken odd = new FeeToken();
        odd.mint(address(this), 1000);
        Settlement s = _settlementOf(address(odd));
        odd.approve(address(s), 1000);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DepositAmountMismatch.selector, 1000, 990));
        s.deposit(address(this), 1000);
    }

    function test_deposit_revertsWhenTheTokenBringsMore() external {
        GenerousToken odd = new GenerousToken();
        odd.mint(address(this), 1000);
        Settlement s = _settlementOf(address(odd));
        odd.approve(address(s), 1000);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DepositAmountMismatch.selector, 1000, 1001));
        s.deposit(address(this), 1000);
    }

    /// @dev Without the guard the inner deposit's tokens would be credited to both.
    function test_deposit_revertsWhenTheTokenReenters() external {
        ReenteringToken odd = new ReenteringToken();
        odd.mint(address(odd), 99);
        Settlement s = _settlementOf(address(odd));
        odd.arm(s);
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        s.deposit(address(this), 99);
    }

    function test_withdraw_revertsWhenTheTokenReenters() external {
        ReenteringToken odd = new ReenteringToken();
        odd.mint(address(this), 10);
        odd.mint(address(odd), 10);
        Settlement s = _settlementOf(address(odd));
        odd.approve(address(s), 10);
        s.deposit(address(this), 10);
        odd.arm(s);
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        s.withdraw(stranger, 10);
    }

    /// @dev Else a token that calls back could lock, in a deal, what is on its way out.
    function test_withdraw_debitsBeforeItPays() external {
        CuriousToken odd = new CuriousToken();
        odd.mint(address(this), 10);
        Settlement s = _settlementOf(address(odd));
        odd.approve(address(s), 10);
        s.deposit(stranger, 10);
        vm.prank(stranger);
        s.withdraw(stranger, 7);
        vm.assertEq(odd.seen(), 3, "free while the token pays");
    }

    function test_deposit_revertsBeyondWhatAccountsCount() external {
        FreeToken odd = new FreeToken();
        odd.mint(address(this), type(uint256).max);
        Settlement s = _settlementOf(address(odd));
        odd.approve(address(s), type(uint256).max);
        uint256 most = type(uint128).max;
        s.deposit(address(this), most);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DepositAmountMismatch.selector, most, most + 1));
        s.deposit(stranger, 1);
    }

    function _settlementOf(address odd) private returns (Settlement) {
        return new Settlement(IERC20(odd), sink, Bounds(1, 1, 1, 1));
    }

    function _permit(uint256 amount) internal view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 permit = keccak256(abi.encode(typeHash, stranger, address(settlement), amount, 0, START));
        return
            vm.sign(STRANGER_KEY, keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), permit)));
    }
}
