from django.urls import path

from payouts.views import finance

urlpatterns = [
    path("payouts/", finance.payout_list, name="payout_list"),
    path("payouts/propose/", finance.propose, name="payout_propose"),
    path("payouts/approve/", finance.approve, name="payout_approve"),
    path("payouts/due/<int:entitlement_id>/", finance.entitlement_detail, name="entitlement_detail"),
    path("payouts/<int:payable_id>/send-back/", finance.send_back, name="payout_send_back"),
    path("payouts/<int:payable_id>/paid/", finance.mark_paid, name="payout_paid"),
]
