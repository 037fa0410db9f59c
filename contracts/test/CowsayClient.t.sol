// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {CowsayClient} from "../examples/CowsayClient.sol";
import {IJobClient} from "../src/interfaces/IJobClient.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Facts, JobOffer, Opening, Path, Reason, Signature} from "../src/types/Terms.sol";
import {Outputs, Status, Work, outputsHash, workHash} from "../src/types/Work.sol";
import {Market} from "./utils/Market.sol";

/// @notice The life of the example: fund, order, deliver, order again, leave.
contract CowsayClientTest is Market {
    bytes32 private constant COWSAY = keccak256("cowsay");
    address private constant OWNER = address(0x0819E4);

    CowsayClient private client;
    Work private work;

    function setUp() public override {
        super.setUp();
        client = new CowsayClient(settlement, OWNER, judge, COWSAY);
        token.transfer(address(client), FUNDS);
        client.deposit(FUNDS);
        work.module = COWSAY;
        work.inputs = keccak256("moo");
    }

    function test_deposit_movesItsTokensIntoItsAccount() external view {
        vm.assertEq(_free(address(client)), FUNDS, "account");
        vm.assertEq(token.balanceOf(address(client)), 0, "left");
    }

    function test_order_getsWhatTheCowSaid() external {
        Facts memory f = _ordered(1, Status.Succeeded);
        settlement.settle(_list(_receipt(f, 0)));
        vm.expectEmit(address(client));
        emit CowsayClient.Said(f.jobHash, keccak256("a cow"));
        vm.prank(stranger);
        client.deliver(f.jobHash, _outputs(Status.Succeeded));
        vm.assertEq(client.said(f.jobHash), keccak256("a cow"), "said");
        vm.assertEq(_free(address(client)), FUNDS - PRICE - SOLVER_FEE, "paid");
    }

    /// @dev The program failed and was paid; the owner orders again.
    function test_order_canBeRepeatedAfterAFailure() external {
        Facts memory f = _ordered(1, Status.Failed);
        settlement.settle(_list(_receipt(f, 0)));
        vm.expectEmit(address(client));
        emit CowsayClient.Silent(f.jobHash, Path.Receipt);
        client.deliver(f.jobHash, _outputs(Status.Failed));
        vm.assertEq(client.said(f.jobHash), 0, "said");

        f = _ordered(2, Status.Succeeded);
        vm.warp(vm.getBlockTimestamp() + SUBMIT_FOR + 1);
        settlement.expire(f, 0);
        Outputs memory none;
        vm.expectEmit(address(client));
        emit CowsayClient.Silent(f.jobHash, Path.Expired);
        client.deliver(f.jobHash, none);

        f = _ordered(3, Status.Succeeded);
        settlement.settle(_list(_receipt(f, 0)));
        client.deliver(f.jobHash, _outputs(Status.Succeeded));
        vm.assertEq(client.said(f.jobHash), keccak256("a cow"), "said");
    }

    function test_order_revertsForOtherWork() external {
        JobOffer memory o = _offerOf(1);
        vm.startPrank(OWNER);
        o.work = keccak256("other work");
        vm.expectRevert(abi.encodeWithSelector(CowsayClient.CowsayWrongWork.selector, o.work));
        client.order(work, o);
        work.module = keccak256("miner");
        o.work = workHash(work);
        vm.expectRevert(abi.encodeWithSelector(CowsayClient.CowsayWrongModule.selector, work.module));
        client.order(work, o);
    }

    function test_owner_aloneOrdersCancelsAndWithdraws() external {
        bytes memory refused = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger);
        JobOffer memory o = _offerOf(1);
        vm.startPrank(stranger);
        vm.expectRevert(refused);
        client.order(work, o);
        vm.expectRevert(refused);
        client.cancel();
        vm.expectRevert(refused);
        client.withdraw(stranger, 1);
    }

    function test_cancel_voidsWhatIsNotOpen() external {
        JobOffer memory o = _offerOf(1);
        vm.startPrank(OWNER);
        client.order(work, o);
        client.cancel();
        vm.stopPrank();
        _assertSkippedOpen(_approved(o), solver, Reason.CreatorEpoch);
    }

    function test_withdraw_movesFreeMoneyOut() external {
        vm.expectEmit(address(settlement));
        emit ISettlement.Withdrawn(address(client), stranger, 7);
        vm.prank(OWNER);
        client.withdraw(stranger, 7);
        vm.assertEq(token.balanceOf(stranger), 7, "received");
    }

    function test_constructor_keepsWhatItIsTold() external view {
        vm.assertEq(client.owner(), OWNER, "owner");
        vm.assertEq(client.judge(), judge, "judge");
        vm.assertEq(client.module(), COWSAY, "module");
        vm.assertEq(client.deliveryGas(), 100_000, "gas");
    }

    function _outputs(Status status) private pure returns (Outputs memory) {
        return Outputs(keccak256("plain"), keccak256("a cow"), 12, status, 0);
    }

    function _offerOf(uint64 nonce) private view returns (JobOffer memory o) {
        o = _offer();
        (o.creator, o.nonce, o.work) = (address(client), nonce, workHash(work));
        o.seedHash = keccak256(abi.encode(CREATOR_SEED, address(client)));
    }

    function _approved(JobOffer memory o) private view returns (Opening memory) {
        bytes32 dealHash = _dealHash(_jobHash(o), _deal());
        return Opening(o, _deal(), Signature(0, 0), _sign(PROVIDER_KEY, dealHash));
    }

    function _ordered(uint64 nonce, Status status) private returns (Facts memory f) {
        JobOffer memory o = _offerOf(nonce);
        vm.prank(OWNER);
        client.order(work, o);
        f = _facts(o, _deal(), outputsHash(_outputs(status)));
        Opening[] memory list = _list(_approved(o));
        vm.prank(solver);
        settlement.open(list);
        vm.assertEq(uint256(client.stageOf(f.jobHash)), uint256(IJobClient.Stage.Ordered), "stage");
    }
}
