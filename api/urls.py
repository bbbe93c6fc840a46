from django.urls import path

from api.schema import schema
from api.views import cases, reading, transmissions

HERE = "<slug:organisation>/"
urlpatterns = [
    path("schema/", schema, name="api_schema"),
    path(HERE + "programmes/", reading.ProgrammeList.as_view(), name="api_programmes"),
    path(HERE + "programmes/<int:pk>/", reading.ProgrammeDetail.as_view(), name="api_programme"),
    path(HERE + "programmes/<int:pk>/terms/", reading.Terms.as_view(), name="api_terms"),
    path(HERE + "openings/", reading.OpeningList.as_view(), name="api_openings"),
    path(HERE + "openings/<int:pk>/", reading.OpeningDetail.as_view(), name="api_opening"),
    path(HERE + "cases/", cases.CaseList.as_view(), name="api_cases"),
    path(HERE + "cases/<slug:reference>/", cases.CaseDetail.as_view(), name="api_case"),
    path(HERE + "cases/<slug:reference>/facts/", cases.FactList.as_view(), name="api_facts"),
    path(HERE + "opportunities/", cases.OpportunityList.as_view(), name="api_opportunities"),
    path(HERE + "opportunities/<slug:reference>/", cases.OpportunityDetail.as_view(), name="api_opportunity"),
    path(HERE + "entitlements/", reading.EntitlementList.as_view(), name="api_entitlements"),
    path(HERE + "entitlements/<int:pk>/", reading.EntitlementDetail.as_view(), name="api_entitlement"),
    path(HERE + "transmissions/<uuid:key>/", transmissions.TransmissionDetail.as_view(), name="api_transmission"),
    path(HERE + "members/", reading.MemberList.as_view(), name="api_members"),
    path(HERE + "members/<int:pk>/", reading.MemberDetail.as_view(), name="api_member"),
]
