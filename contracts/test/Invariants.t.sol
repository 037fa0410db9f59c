// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Settlement} from "../src/Settlement.sol";
import {Path, State} from "../src/types/Terms.sol";
import {Handler} from "./Handler.sol";
import {Test} from "./utils/Test.sol";

/// @notice What holds after any sequence of calls by anyone, at any time.
contract InvariantsTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant RECENT = 4; // deals looked at after every call; all are at the end of a run

    Handler private handler;
    Settlement private settlement;
    IERC20 private token;

    function setUp() external {
        handler = new Handler();
        (settlement, token) = handler.market();
    }

    /// @dev Read by forge: only these calls are made.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev Read by forge. A call that is listed more often comes more often.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[14] memory calls = [
            Handler.open.selector,
            Handler.open.selector,
            Handler.settle.selector,
            Handler.submit.selector,
            Handler.submit.selector,
            Handler.challenge.selector,
            Handler.challenge.selector,
            Handler.reveal.selector,
            Handler.resolve.selector,
            Handler.expire.selector,
            Handler.deposit.selector,
            Handler.withdraw.selector,
            Handler.bumpEpoch.selector,
            Handler.wait.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), new bytes4[](calls.length));
        for (uint256 i = 0; i < calls.length; ++i) {
            targets[0].selectors[i] = calls[i];
        }
    }

    /// @notice Conservation: free and locked money are all that came in and did not go out.
    function invariant_everyTokenIsFreeOrLocked() external view {
        uint256 held = token.balanceOf(address(settlement));
        vm.assertEq(handler.totalFree() + handler.locked(), held, "free and locked");
        vm.assertEq(handler.deposited() - handler.withdrawn(), held, "deposits less withdrawals");
    }

    /// @notice Each call did what the terms say or was refused: in particular nobody lost more than it had staked,
    /// every close paid out exactly what was locked, and no window was left early or overrun.
    function invariant_noSurprise() external view {
        vm.assertEq(handler.surprises(), 0, handler.lastSurprise());
    }

    /// @notice A deal ends at most once, and what is final stays.
    function invariant_noDealEndsTwice() external view {
        uint256 n = handler.count();
        _assertEndedAtMostOnce(n > RECENT ? n - RECENT : 0);
    }

    /// @notice Liveness: at the end of each run everybody leaves, and time alone frees all money.
    function afterInvariant() external {
        _assertEndedAtMostOnce(0);
        handler.abandon();
        vm.assertEq(handler.locked(), 0, "locked for ever");
        vm.assertEq(handler.totalFree(), token.balanceOf(address(settlement)), "lost");
        vm.assertEq(handler.surprises(), 0, handler.lastSurprise());
    }

    function _assertEndedAtMostOnce(uint256 from) private view {
        for (uint256 i = from; i < handler.count(); ++i) {
            Handler.Record memory r = handler.record(i);
            (State state, Path path,,) = settlement.outcome(r.facts.jobHash);
            vm.assertEq(uint256(state), uint256(r.state), "state");
            vm.assertEq(r.closings, state == State.Final ? 1 : 0, "closings");
            vm.assertEq(path == Path.None, state != State.Final, "path");
        }
    }
}
